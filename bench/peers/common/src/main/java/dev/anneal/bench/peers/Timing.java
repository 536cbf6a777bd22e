package dev.anneal.bench.peers;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * How long a call takes.
 *
 * @param median seconds, of the blocks of calls that were timed
 * @param best seconds, of the same
 */
record Timing(double median, double best) {
  /**
   * Of calls that take any time: longer than 5 ms, so that some blocks may be faster than planned.
   */
  private static final double BLOCK_SECONDS = 0.007;

  private static final int FEWEST_BLOCKS = 3;

  /** For code that may be called any number of times in a block, until that takes 5 ms. */
  static Timing of(Runnable call) {
    double each = warm(call, 1, 0.5);
    return blocks(call, (int) Math.ceil(BLOCK_SECONDS / each), 1);
  }

  /** For training steps. */
  static Timing ofSteps(Runnable step) {
    warm(step, 250, 3);
    return blocks(step, 50, 3);
  }

  /** Seconds that a call took in the second half of the warm-up. */
  private static double warm(Runnable call, int calls, double seconds) {
    repeat(call, calls / 2, seconds / 2);
    return repeat(call, calls / 2, seconds / 2);
  }

  private static double repeat(Runnable call, int atLeast, double seconds) {
    long start = System.nanoTime();
    int calls = 0;
    do {
      call.run();
      calls++;
    } while (calls < atLeast || since(start) < seconds);
    return since(start) / calls;
  }

  private static Timing blocks(Runnable call, int calls, double seconds) {
    DoubleStream.Builder blocks = DoubleStream.builder();
    long start = System.nanoTime();
    for (int block = 0; block < FEWEST_BLOCKS || since(start) < seconds; block++) {
      blocks.add(repeat(call, calls, 0));
    }
    double[] sorted = blocks.build().sorted().toArray();
    return new Timing(sorted[sorted.length / 2], Arrays.stream(sorted).min().orElseThrow());
  }

  private static double since(long start) {
    return (System.nanoTime() - start) * 1e-9;
  }
}
