package dev.anneal.comparison;

import dev.anneal.experiments.RunRecord;

/**
 * A run of a contender.
 *
 * @param draw what was drawn for it
 * @param run how it ended
 * @param value by which it is compared, lower is better: that of its criterion, but no worse than
 *     that of always predicting the same, which a run that diverged counts as
 */
public record DrawnRun(Draw draw, RunRecord run, double value) {}
