package dev.anneal.schedulers;

import dev.anneal.api.numeric.DoubleDouble;
import dev.anneal.api.schedule.Boundary;
import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Unit;
import java.util.List;

/** What schedules of several phases have in common. */
final class Shapes {
  private Shapes() {}

  /** How much of the time between two others is done: 1 where there is none. */
  static double done(double t, double from, double to) {
    return t < to ? (t - from) / (to - from) : 1;
  }

  /**
   * How much of it is left. Keeps its digits near the end, where one minus {@link #done} cancels.
   */
  static double left(double t, double from, double to) {
    return t < to ? (to - t) / (to - from) : 0;
  }

  /** A straight way, by the part that is left: exact at both ends. */
  static double linear(double from, double to, double left) {
    return left >= 1 ? from : Math.fma(from - to, left, to);
  }

  /** Half a period of a cosine, {@code to + (from - to) (1 - cos(pi left)) / 2}. */
  static double cosine(double from, double to, double left) {
    if (left >= 1) {
      return from;
    }
    return DoubleDouble.cosine(to, from, left, 1, 1);
  }

  /** The end of a warm-up that leads to where the next formula begins. */
  static Boundary warmedUp(double ticks, Unit per, Progress run) {
    return new Boundary(
        per.firstIteration(ticks, run), "warm-up over", Boundary.Kind.WARMED_UP, false);
  }

  /** A warm-up and the end, which comes with a jump where the warm-up outlasts the rest. */
  static List<Boundary> phases(double warm, double end, Unit per, Progress run) {
    return List.of(
        new Boundary(
            per.firstIteration(warm, run), "warm-up over", Boundary.Kind.WARMED_UP, end <= warm),
        Boundary.end(per.firstIteration(Math.max(warm, end), run)));
  }
}
