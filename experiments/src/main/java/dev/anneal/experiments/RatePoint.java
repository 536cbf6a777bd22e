package dev.anneal.experiments;

/**
 * The learning rate of one update.
 *
 * @param iteration which update, counted from 0
 * @param learningRate the rate in force for it
 */
public record RatePoint(long iteration, double learningRate) {}
