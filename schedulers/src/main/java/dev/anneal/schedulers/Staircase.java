package dev.anneal.schedulers;

import dev.anneal.api.schedule.Boundary;
import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Unit;
import java.util.ArrayList;
import java.util.List;

/** Where staircases jump. */
final class Staircase {
  /** Beyond this a double does not tell one tick from the next. */
  private static final double COUNTABLE = 0x1p52;

  private Staircase() {}

  /**
   * The changes of {@code floor((offset + t) / n)} within a run.
   *
   * @param n the length of a stair in ticks
   * @param offset what the clock starts at
   * @param per the clock's unit
   * @param run the shape of the run
   * @return a jump at the first iteration of each stair but the first
   */
  static List<Boundary> every(double n, int offset, Unit per, Progress run) {
    List<Boundary> jumps = new ArrayList<>();
    long tick = 0;
    while (jumps.size() < Boundary.MOST) {
      double stair = stairs((double) offset + tick, n) + 1;
      if (stair * n > COUNTABLE) {
        break;
      }
      // A length that is no whole number may round either way.
      tick = (long) Math.ceil(stair * n - offset) - 1;
      while (stairs((double) offset + tick, n) < stair) {
        tick++;
      }
      long iteration = per.firstIteration((double) tick, run);
      if (iteration > run.totalIterations()) {
        break;
      }
      jumps.add(Boundary.jump(iteration, "change " + (jumps.size() + 1)));
    }
    return List.copyOf(jumps);
  }

  /**
   * {@code floor(t / n)}, finite: a length so short that it underflows or overflows the quotient
   * still gives a count, and no 0 / 0.
   */
  static double stairs(double t, double n) {
    return Math.floor(Math.min(t / Math.max(n, Double.MIN_NORMAL), Double.MAX_VALUE));
  }
}
