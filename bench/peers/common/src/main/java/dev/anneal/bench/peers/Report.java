package dev.anneal.bench.peers;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;

/**
 * Where the measurements go: one line each, separated by tabs.
 *
 * @param out for the lines
 * @param peer the first column
 * @param threads the third column
 */
record Report(PrintStream out, String peer, int threads) {
  /**
   * Two lines, of the median and of the best.
   *
   * @param what the second column
   * @param timing seconds
   * @param value the fourth column, from seconds
   * @param unit the fifth column
   */
  void print(String what, Timing timing, DoubleUnaryOperator value, String unit) {
    print(what, value.applyAsDouble(timing.median()), unit);
    print(what + " best", value.applyAsDouble(timing.best()), unit);
  }

  private void print(String what, double value, String unit) {
    out.printf(Locale.ROOT, "%s\t%s\t%d\t%.4g\t%s%n", peer, what, threads, value, unit);
  }
}
