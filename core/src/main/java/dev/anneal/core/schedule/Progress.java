package dev.anneal.core.schedule;

/**
 * Where training stands just before an update. The first update of a run has iteration 0 and epoch
 * 0.
 *
 * <p>The trainer reuses one instance for the whole run so that a step allocates nothing: a reader
 * takes numbers out and does not keep the reference.
 */
public interface Progress {
  /**
   * The number of updates done so far.
   *
   * @return at least 0
   */
  long iteration();

  /**
   * The number of updates in an epoch, the ragged last batch included.
   *
   * @return at least 1
   */
  int iterationsPerEpoch();

  /**
   * The number of updates that the whole run is planned to make.
   *
   * @return at least 1
   */
  long totalIterations();

  /**
   * The metrics of the epochs done so far.
   *
   * @return a view; empty in the first epoch
   */
  MetricHistory metrics();

  /**
   * The epoch that this update belongs to, counted from 0.
   *
   * @return {@code floor(iteration / iterationsPerEpoch)}
   */
  default long epoch() {
    return iteration() / iterationsPerEpoch();
  }

  /**
   * A fixed position in a run, with no metrics recorded.
   *
   * @param iteration updates done so far, at least 0
   * @param iterationsPerEpoch updates in an epoch, at least 1
   * @param totalIterations updates in the run, at least 1
   * @return an immutable position
   */
  static Progress at(long iteration, int iterationsPerEpoch, long totalIterations) {
    return new Position(iteration, iterationsPerEpoch, totalIterations, MetricHistory.NONE);
  }
}
