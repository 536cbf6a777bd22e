/**
 * What all contracts share: how wrong input is told ({@link dev.anneal.api.InputException}), how
 * messages are worded, and which other frameworks there are. It stands below its subpackages and
 * knows none of them, so a type belongs here only if several of them need it. Begin with {@link
 * dev.anneal.api.schedule.Schedule} and {@link dev.anneal.api.optimizer.Optimizer}: those are the
 * contracts.
 */
package dev.anneal.api;
