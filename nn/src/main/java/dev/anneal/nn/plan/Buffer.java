package dev.anneal.nn.plan;

/**
 * Where the value of a node lies.
 *
 * @param array holds it, row-major
 * @param offset index of its first element
 */
@SuppressWarnings("ArrayRecordComponent") // a reference to shared memory, never compared
record Buffer(float[] array, int offset) {}
