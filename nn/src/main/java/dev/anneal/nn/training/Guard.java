package dev.anneal.nn.training;

/**
 * What to do about a step whose loss, gradient or weights are not finite. The step is found again
 * from the start of its epoch, since all steps repeat with the same bits, and it is undone: the
 * weights are those before it.
 */
public enum Guard {
  /** End, with the last finite weights; where the best are asked for, with these. */
  STOP,
  /** Leave the step out and go on with the next batch. */
  SKIP,
  /**
   * Take the step again, with half the learning rate from there on, reached over 100 steps; after
   * eight times, end.
   */
  BACK_OFF
}
