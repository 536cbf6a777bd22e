package dev.anneal.data;

import dev.anneal.core.sample.Samples;

/**
 * Samples for a model that was trained on others.
 *
 * @param samples in their order; labels are those of the model, 0 where there are none
 * @param labelled whether there are labels
 */
public record NewData(Samples samples, boolean labelled) {}
