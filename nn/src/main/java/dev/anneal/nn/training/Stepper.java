package dev.anneal.nn.training;

import java.util.Optional;

/** What a step of a session is: an update on a batch, or one of a minimizer on all samples. */
sealed interface Stepper permits BatchStepper, MinimizerStepper {
  /** Which updates are looked at. */
  enum Look {
    /** None. */
    NEVER,
    /** The last of each epoch. */
    LAST,
    /** All. */
    ALWAYS
  }

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
   * @param look of which updates to find out what they do
   */
  void step(Look look);

  /** Leaves a step out, and stands before the next of the epoch. */
  void skip();

  /**
   * What the step that was taken last, or would come next, computes with that is not finite.
   *
   * @param epoch counted from 0
   * @param step of the epoch
   * @return in words, where there is any
   */
  Optional<String> notFinite(int epoch, int step);

  /** Whether a further step would lead nowhere. */
  boolean isDone();

  /** Writes what it knows beside the weights, where that is anything. */
  void save(StateWriter to);

  /** Goes on from there. */
  void restore(StateReader from);
}
