package dev.anneal.nn.training;

/**
 * The weights of the best epoch so far, to measure the model with.
 *
 * @param epoch counted from 0
 * @param weights parameter after parameter, each row-major
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record BestWeights(int epoch, float[] weights) {}
