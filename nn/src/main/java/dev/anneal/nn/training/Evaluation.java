package dev.anneal.nn.training;

/**
 * How a model does on samples it does not train on.
 *
 * @param loss mean loss, in nats
 * @param accuracy part of the samples predicted right; NaN where labels are real numbers
 */
public record Evaluation(double loss, double accuracy) {}
