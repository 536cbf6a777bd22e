package dev.anneal.nn.training;

/** What a step of a session is: an update on a batch, or one of a minimizer on all samples. */
sealed interface Stepper permits BatchStepper, MinimizerStepper {
  /** Steps of an epoch, at least 1. */
  int stepsPerEpoch();

  /** Whether accuracy on the training samples is known. */
  boolean measuresAccuracy();

  /**
   * Stands before a step.
   *
   * @param epoch counted from 0
   * @param step of the epoch, from 0 to {@code stepsPerEpoch() - 1}
   */
  void moveTo(int epoch, int step);

  /**
   * Takes the step, and stands before the next of the epoch.
   *
   * @param diagnosed whether to find out what it does
   */
  void step(boolean diagnosed);

  /** Whether a further step would lead nowhere. */
  boolean isDone();

  /** Writes what it knows beside the weights, where that is anything. */
  void save(StateWriter to);

  /** Goes on from there. */
  void restore(StateReader from);
}
