package dev.anneal.api.schedule;

/** How often a schedule is read: its clock ticks once an update or once an epoch. */
public enum Unit {
  /** The clock is the number of updates done. */
  ITERATION {
    @Override
    public long clock(Progress progress) {
      return progress.iteration();
    }

    @Override
    public long firstIteration(double ticks, Progress run) {
      return (long) Math.ceil(ticks);
    }
  },
  /** The clock is the number of whole epochs done; the value is constant within an epoch. */
  EPOCH {
    @Override
    public long clock(Progress progress) {
      return progress.epoch();
    }

    @Override
    public long firstIteration(double ticks, Progress run) {
      return (long) (Math.ceil(ticks) * run.iterationsPerEpoch());
    }
  };

  /**
   * The time that a schedule of this unit reads.
   *
   * @param progress where training stands
   * @return a count of iterations or of epochs, from 0
   */
  public abstract long clock(Progress progress);

  /**
   * The first iteration at which the clock shows at least so many ticks.
   *
   * @param ticks a time on this clock, at least 0
   * @param run the shape of the run
   * @return the iteration; the largest long for a time beyond
   */
  public abstract long firstIteration(double ticks, Progress run);
}
