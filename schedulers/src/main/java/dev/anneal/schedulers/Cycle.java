package dev.anneal.schedulers;

import dev.anneal.api.schedule.Boundary;
import dev.anneal.api.schedule.Curve;
import dev.anneal.api.schedule.Duration;
import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Unit;
import java.util.ArrayList;
import java.util.List;

/** The triangles that the cyclical schedules share. */
final class Cycle {
  private Cycle() {}

  /** The length of the fall; a length of 0 stands for that of the rise. */
  static double down(Duration up, Duration down, Unit per, Progress run) {
    return down.amount() == 0 ? up.in(per, run) : down.in(per, run);
  }

  /** How far a triangle is from its base at a time, in [0, 1]. */
  static double height(double t, double up, double down) {
    double into = t % (up + down);
    return into <= up ? part(into, up) : part(up + down - into, down);
  }

  /** Which triangle it is, counted from 0. */
  static double number(double t, double length) {
    return Math.rint((t - t % length) / length);
  }

  /** The value at a part of the height. */
  static double value(double base, double peak, double height) {
    return Curve.LINEAR.between(base, peak, height);
  }

  private static double part(double t, double length) {
    // Lengths below the smallest normal number round their quotients to anything.
    return length > 0 ? Math.min(t / length, 1) : 0;
  }

  /** The turning points within a run. */
  static List<Boundary> boundaries(Duration up, Duration down, Unit per, Progress run) {
    double rise = up.in(per, run);
    double fall = down(up, down, per, run);
    double length = rise + fall;
    List<Boundary> all = new ArrayList<>();
    long peak = 0;
    for (long n = 0; all.size() < Boundary.MOST; n++) {
      // Rounded apart, a beginning may come before the peak that it follows.
      long begin = Math.max(peak, per.firstIteration(n * length, run));
      if (begin > run.totalIterations()) {
        break;
      }
      if (n > 0) {
        all.add(turn(begin, "cycle " + (n + 1), fall));
      }
      peak = Math.max(begin, per.firstIteration(n * length + rise, run));
      all.add(turn(peak, "peak " + (n + 1), rise));
    }
    return List.copyOf(all);
  }

  /** What took less than a tick is a jump. */
  private static Boundary turn(long iteration, String name, double after) {
    return new Boundary(iteration, name, Boundary.Kind.PHASE, after < 1);
  }
}
