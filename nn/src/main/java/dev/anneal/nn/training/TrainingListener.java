package dev.anneal.nn.training;

import dev.anneal.nn.group.Groups;
import java.util.List;

/**
 * Is told of the updates and epochs of a training. It is called on the training thread, so a slow
 * listener slows training.
 */
public interface TrainingListener {
  /** Does nothing. */
  TrainingListener NONE = new TrainingListener() {};

  /**
   * Called after each update.
   *
   * @param live where training stands; read it, never keep it
   */
  default void batch(Live live) {}

  /**
   * Called after each epoch and its validation.
   *
   * @param live where training stands; read it, never keep it
   * @param metrics what was measured
   */
  default void epoch(Live live, EpochMetrics metrics) {}

  /** A running epoch. One instance is reused for the whole run. */
  interface Live {
    /**
     * The epoch of the last update.
     *
     * @return counted from 1
     */
    int epoch();

    /**
     * Steps done in the whole run.
     *
     * @return at least 1
     */
    long iterations();

    /**
     * Samples of this epoch done.
     *
     * @return at least 1
     */
    long samples();

    /**
     * Mean loss of this epoch's samples so far.
     *
     * @return in nats
     */
    double loss();

    /**
     * Mean loss of the samples of the last update alone, at the weights before it.
     *
     * @return in nats
     */
    double batchLoss();

    /**
     * Part of this epoch's samples so far that were predicted right.
     *
     * @return 0 to 1; NaN where labels are real numbers
     */
    double accuracy();

    /**
     * The learning rate of the last update; where there are several groups, that of the first.
     *
     * @return the rate
     */
    double learningRate();

    /**
     * The hyper-parameters that follow schedules, as {@link Groups#schedules} names them.
     *
     * @return their names
     */
    List<String> hyperparameters();

    /**
     * One of them at the last update.
     *
     * @param name its name
     * @return its value, NaN if there is none of that name
     */
    double hyperparameter(String name);

    /**
     * All that decides how training goes on, to write it down.
     *
     * @return a copy
     */
    TrainingState state();

    /** Asks for an end after this update. */
    void stop();
  }

  /**
   * A listener that tells several others.
   *
   * @param listeners told in this order
   * @return one for all
   */
  static TrainingListener all(TrainingListener... listeners) {
    return new TrainingListener() {
      @Override
      public void batch(Live live) {
        for (TrainingListener listener : listeners) {
          listener.batch(live);
        }
      }

      @Override
      public void epoch(Live live, EpochMetrics metrics) {
        for (TrainingListener listener : listeners) {
          listener.epoch(live, metrics);
        }
      }
    };
  }
}
