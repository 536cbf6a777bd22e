/**
 * Threads for short loops: {@link dev.anneal.core.parallel.Workers}, a fixed team that spins and
 * then parks. It is how the engine uses several cores, and what it uses them for is decided by the
 * callers. Which thread runs which index is left to chance, so they split work by its shape and
 * never by the number of threads; no result may depend on it.
 */
package dev.anneal.core.parallel;
