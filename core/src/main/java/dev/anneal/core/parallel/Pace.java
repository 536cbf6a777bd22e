package dev.anneal.core.parallel;

/**
 * Whether a team is worth its while now. On a machine with other work a thread that has taken a
 * task may lose its processor, and all wait for it: two threads were slower than one. So the owner
 * of the loops adds up what they take, and what they would have taken alone; where that was less,
 * it runs them alone for a while, then tries again.
 *
 * <p>Not for several threads at once, but for {@link #isAlone}.
 */
final class Pace {
  /** Of loops that are looked at together, in nanoseconds: a few times what a processor is lost. */
  private static final long WINDOW = 20_000_000;

  /** How long the owner works alone at first, in nanoseconds. */
  private static final long SHORTEST = 50_000_000;

  /** How long at most, where the team was not worth it again and again. */
  private static final long LONGEST = 1_000_000_000;

  /**
   * Of the time alone: what a team needs no more than. The owner may have lost its processor
   * meanwhile too, which makes the time alone look longer than it would be.
   */
  private static final double WORTH = 0.8;

  private volatile boolean alone;
  private volatile long until;
  private long next = SHORTEST;
  private double taken;
  private double takenAlone;

  /**
   * Whether to run a loop alone.
   *
   * @param now the time in nanoseconds, asked for where it matters
   */
  boolean isAlone(Clock now) {
    if (alone && now.nanos() - until >= 0) {
      alone = false;
    }
    return alone;
  }

  /** {@link System#nanoTime}. */
  @FunctionalInterface
  interface Clock {
    long nanos();
  }

  /**
   * A loop of the team is over.
   *
   * @param worked nanoseconds that the owner worked
   * @param waited nanoseconds that it waited for others then
   * @param own tasks that it took, of all
   * @param tasks all
   * @param now the time
   */
  void after(long worked, long waited, int own, int tasks, long now) {
    if (own == 0) {
      return; // nothing is known of how long a task takes
    }
    taken += worked + waited;
    takenAlone += (double) worked * tasks / own;
    if (taken < WINDOW) {
      return;
    }
    if (taken > WORTH * takenAlone) {
      until = now + next;
      alone = true;
      next = Math.min(LONGEST, 2 * next);
    } else {
      next = SHORTEST;
    }
    taken = 0;
    takenAlone = 0;
  }
}
