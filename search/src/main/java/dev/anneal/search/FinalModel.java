package dev.anneal.search;

import dev.anneal.experiments.RunRecord;

/**
 * The model that a search leaves, trained once more when all is chosen: on the samples that
 * validated too.
 *
 * @param run how that went
 * @param samples that trained it
 */
public record FinalModel(RunRecord run, int samples) {}
