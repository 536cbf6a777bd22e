package dev.anneal.api.schedule;

/**
 * Where training stands just before an update. The first update of a run has iteration 0 and epoch
 * 0.
 *
 * <p>The trainer moves one instance along the whole run so that a step allocates nothing: a reader
 * takes numbers out and does not keep the reference.
 */
public sealed interface Progress permits Cursor {
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
   * Reads a schedule as in a run of its own, which is a part of this run. This is how schedules are
   * composed: the part has its own first iteration, its own length for all that is stated in
   * percent, and the metrics of the epochs that began in it. Allocates nothing once each depth of
   * nesting has been read.
   *
   * @param schedule what to read
   * @param start the iteration of this run that is the part's first; negative where it began before
   * @param length the planned length of the part in iterations; one below 1 counts as 1
   * @param iteration where the part stands, counted from its start; one below 0 counts as 0
   * @return the schedule's value there
   */
  double read(Schedule schedule, long start, long length, long iteration);

  /**
   * Reads a schedule as in a run of its own that began at some iteration of this run and stands
   * where this run stands.
   *
   * @param schedule what to read
   * @param start the iteration of this run that is the part's first
   * @param length the planned length of the part in iterations; one below 1 counts as 1
   * @return the schedule's value now
   */
  default double read(Schedule schedule, long start, long length) {
    long since = iteration() - start;
    boolean beyond = start < 0 && since < 0;
    return read(schedule, start, length, beyond ? Long.MAX_VALUE : since);
  }

  /**
   * The state of a recurrence after some ticks. The result is as if the recurrence began anew with
   * each call; a run that moves on has only the new ticks computed.
   *
   * @param recurrence the recurrence; use the same object throughout the run
   * @param ticks how many, at least 0
   * @return its state after that many ticks: to be read at once, not kept and not written to
   */
  double[] fold(Recurrence recurrence, long ticks);

  /**
   * A fixed position in a run, with no metrics recorded.
   *
   * @param iteration updates done so far, at least 0
   * @param iterationsPerEpoch updates in an epoch, at least 1
   * @param totalIterations updates in the run, at least 1
   * @return a position
   */
  static Progress at(long iteration, int iterationsPerEpoch, long totalIterations) {
    return new Cursor(iterationsPerEpoch, totalIterations, MetricHistory.NONE).moveTo(iteration);
  }
}
