package dev.anneal.testkit;

import dev.anneal.api.schedule.Cursor;
import dev.anneal.api.schedule.MetricHistory;
import java.util.function.Predicate;

/**
 * Metrics that fall with much noise; now and then one leaps, is infinite or was not recorded. Known
 * are the epochs that began in a part of the run and are over.
 */
final class RandomMetrics implements MetricHistory {
  private final RandomRun run;
  private final long start;
  private final Predicate<String> changed;
  private Cursor cursor;

  RandomMetrics(RandomRun run, long start, Predicate<String> changed) {
    this.run = run;
    this.start = start;
    this.changed = changed;
    this.cursor = cursor(run.totalIterations());
  }

  /** Stands before the first update of the part, and tells how much of it is known. */
  Cursor cursor(long length) {
    cursor = new Cursor(run.iterationsPerEpoch(), length, this);
    return cursor;
  }

  private long firstEpoch() {
    return Math.ceilDiv(start, (long) run.iterationsPerEpoch());
  }

  @Override
  public int epochs() {
    long over = (start + cursor.iteration()) / run.iterationsPerEpoch();
    return Math.toIntExact(Math.max(0, over - firstEpoch()));
  }

  @Override
  public double value(String metric, int epoch) {
    if (epoch < 0 || epoch >= epochs()) {
      throw new IndexOutOfBoundsException("no epoch %d among %d".formatted(epoch, epochs()));
    }
    long of = firstEpoch() + epoch;
    long seed = changed.test(metric) ? ~run.seed() : run.seed();
    long random = mix(seed ^ mix(metric.hashCode() * 0x9E3779B97F4A7C15L + of));
    double noise = (random >>> 11) * 0x1p-53;
    return switch ((int) (random & 31)) {
      case 0 -> Double.NaN;
      case 1 -> Double.POSITIVE_INFINITY;
      case 2 -> 100 * noise;
      default -> (0.2 + noise) / (1 + 0.1 * of);
    };
  }

  /** The finalizer of SplitMix64. */
  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
