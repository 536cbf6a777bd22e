package dev.anneal.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How long something takes that is done again and again.
 *
 * @param median seconds
 * @param best seconds
 */
record Stopwatch(double median, double best) {
  private static final int FEWEST = 3;

  /** Does it for some seconds without looking, then for some seconds with a clock. */
  static Stopwatch time(double warm, double timed, Runnable action) {
    long start = System.nanoTime();
    do {
      action.run();
    } while (since(start) < warm);
    List<Double> seconds = new ArrayList<>();
    start = System.nanoTime();
    do {
      long before = System.nanoTime();
      action.run();
      seconds.add(since(before));
    } while (seconds.size() < FEWEST || since(start) < timed);
    Collections.sort(seconds);
    return new Stopwatch(seconds.get(seconds.size() / 2), seconds.getFirst());
  }

  private static double since(long start) {
    return (System.nanoTime() - start) * 1e-9;
  }
}
