/**
 * Random numbers by position: {@link dev.anneal.core.random.RandomStream}. A number is a function
 * of key, round and index, so threads, order and interruptions change nothing, and nobody keeps the
 * state of a generator. Uses of chance get streams of their own, as children of one key; which uses
 * there are is said where they are made.
 */
package dev.anneal.core.random;
