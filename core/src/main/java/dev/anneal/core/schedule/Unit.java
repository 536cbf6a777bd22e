package dev.anneal.core.schedule;

/** How often a schedule is read: its clock ticks once an update or once an epoch. */
public enum Unit {
  /** The clock is the number of updates done. */
  ITERATION {
    @Override
    public long clock(Progress progress) {
      return progress.iteration();
    }
  },
  /** The clock is the number of whole epochs done; the value is constant within an epoch. */
  EPOCH {
    @Override
    public long clock(Progress progress) {
      return progress.epoch();
    }
  };

  /**
   * The time that a schedule of this unit reads.
   *
   * @param progress where training stands
   * @return a count of iterations or of epochs, from 0
   */
  public abstract long clock(Progress progress);
}
