package dev.anneal.api.schedule;

/**
 * A place where the formula of a schedule changes: what a table of exact steps lists, and what can
 * be checked before training.
 *
 * @param iteration the first update under what comes after; it may lie beyond the run
 * @param name what happens there, in a few words, such as {@code warm-up over}
 * @param kind what part it plays
 * @param jumps whether the value may jump; if not, it changes no faster than around it
 */
public record Boundary(long iteration, String name, Kind kind, boolean jumps) {
  /** A schedule that changes more often than this lists its first changes. */
  public static final int MOST = 10_000;

  /** What part a boundary plays. */
  public enum Kind {
    /** A warm-up is over. */
    WARMED_UP,
    /** One formula gives way to another. */
    PHASE,
    /** The planned end: from here on the schedule has nothing more to do. */
    END
  }

  /**
   * A boundary at which the value may jump to the next formula.
   *
   * @param iteration the first update of the next formula
   * @param name what begins
   * @return the boundary
   */
  public static Boundary jump(long iteration, String name) {
    return new Boundary(iteration, name, Kind.PHASE, true);
  }

  /**
   * A boundary at which the next formula goes on from the value of the one before.
   *
   * @param iteration the first update of the next formula
   * @param name what begins
   * @return the boundary
   */
  public static Boundary bend(long iteration, String name) {
    return new Boundary(iteration, name, Kind.PHASE, false);
  }

  /**
   * The planned end of a schedule that arrives there without a jump.
   *
   * @param iteration the first update at the end
   * @return the boundary
   */
  public static Boundary end(long iteration) {
    return new Boundary(iteration, "end", Kind.END, false);
  }

  /** The same boundary in a composition that goes on to change where this schedule has ended. */
  Boundary goingOn() {
    return kind == Kind.END ? new Boundary(iteration, name, Kind.PHASE, jumps) : this;
  }

  /**
   * The same boundary in the run that a part belongs to.
   *
   * @param start the iteration at which the part begins, at least 0
   * @return the boundary, later by {@code start}
   */
  public Boundary after(long start) {
    long sum = start + iteration;
    return new Boundary(sum < 0 ? Long.MAX_VALUE : sum, name, kind, jumps);
  }
}
