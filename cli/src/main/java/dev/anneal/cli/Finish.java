package dev.anneal.cli;

/**
 * How a search ends.
 *
 * @param folds whether the finals are over folds of one seed, and not over seeds
 * @param model whether what was chosen is trained once more, on the samples that validated too
 */
record Finish(boolean folds, boolean model) {
  /** Seeds, and no model beside theirs. */
  static final Finish SEEDS = new Finish(false, false);
}
