package dev.anneal.testkit;

import dev.anneal.api.schedule.Cursor;
import dev.anneal.api.schedule.Schedule;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;

/**
 * A run to read a schedule in: its shape, and the metrics that it records.
 *
 * @param iterationsPerEpoch updates in an epoch, at least 1
 * @param totalIterations updates in the run, at least 1
 * @param seed of the metrics
 */
public record RandomRun(int iterationsPerEpoch, long totalIterations, long seed) {
  /** Runs that can be read at every iteration, those of a single one among them. */
  static Arbitrary<RandomRun> small() {
    return of(Arbitraries.integers().between(1, 12), Arbitraries.longs().between(1, 60));
  }

  /** Runs of all lengths, short ones as often as long ones. */
  static Arbitrary<RandomRun> any() {
    return of(upTo(100_000).map(Math::toIntExact), upTo(100_000));
  }

  /** All magnitudes alike. */
  static Arbitrary<Long> upTo(long most) {
    return Arbitraries.doubles()
        .between(0, 1)
        .ofScale(9)
        .withDistribution(RandomDistribution.uniform())
        .map(x -> Math.round(Math.pow((double) most, x)));
  }

  private static Arbitrary<RandomRun> of(Arbitrary<Integer> perEpoch, Arbitrary<Long> total) {
    return Combinators.combine(perEpoch, total, Arbitraries.longs()).as(RandomRun::new);
  }

  /** Stands before the first update. */
  Cursor begin() {
    return part(0, totalIterations);
  }

  /** A run of its own that records what this one records from an iteration on. */
  Cursor part(long start, long length) {
    return new RandomMetrics(this, start, _ -> false).cursor(length);
  }

  /** The same run with all metrics but these changed. */
  Cursor beginWithOthersThan(Set<String> kept) {
    return new RandomMetrics(this, 0, metric -> !kept.contains(metric)).cursor(totalIterations);
  }

  /** Somewhat beyond the planned end. */
  int length() {
    return Math.toIntExact(totalIterations + totalIterations / 2 + 3);
  }

  /** The first values of a schedule, read in order. */
  double[] series(Schedule schedule) {
    return series(schedule, begin(), length());
  }

  static double[] series(Schedule schedule, Cursor cursor, int length) {
    double[] values = new double[length];
    for (int i = 0; i < length; i++) {
      values[i] = schedule.at(cursor);
      cursor.advance();
    }
    return values;
  }

  String at(long iteration) {
    return "at iteration %d of %d, %d an epoch"
        .formatted(iteration, totalIterations, iterationsPerEpoch);
  }
}
