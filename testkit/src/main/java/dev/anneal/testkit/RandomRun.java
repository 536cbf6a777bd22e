package dev.anneal.testkit;

import dev.anneal.api.schedule.Cursor;
import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Schedule;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;

/**
 * A run to read a schedule in: its shape, and the metrics that it records. Those fall with much
 * noise; now and then one leaps, is infinite or was not recorded.
 *
 * @param iterationsPerEpoch updates in an epoch, at least 1
 * @param totalIterations updates in the run, at least 1
 * @param seed of the metrics
 */
public record RandomRun(int iterationsPerEpoch, long totalIterations, long seed) {
  /**
   * Runs that can be read at every update, those of a single one among them.
   *
   * @return runs of at most 60 updates, which shrink to fewer
   */
  public static Arbitrary<RandomRun> small() {
    return of(Arbitraries.integers().between(1, 12), Arbitraries.longs().between(1, 60));
  }

  /**
   * Runs of all lengths, short ones as often as long ones.
   *
   * @return runs of at most 100,000 updates, which shrink to fewer
   */
  public static Arbitrary<RandomRun> any() {
    return of(upTo(100_000).map(Math::toIntExact), upTo(100_000));
  }

  /**
   * Where training may stand: anywhere in a run of any length, and somewhat beyond its end.
   *
   * @return positions, which shrink to early ones in short runs
   */
  public static Arbitrary<Progress> progress() {
    return Combinators.combine(any(), upTo(200_000)).as((run, n) -> run.begin().moveTo(n - 1));
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

  /**
   * Stands before the first update.
   *
   * @return a cursor of its own
   */
  public Cursor begin() {
    return part(0, totalIterations);
  }

  /**
   * A run of its own that records what this one records from an update on.
   *
   * @param start the update, at least 0
   * @param length updates in the part, at least 1
   * @return a cursor before the first update of the part
   */
  public Cursor part(long start, long length) {
    return new RandomMetrics(this, start, _ -> false).cursor(length);
  }

  /**
   * The same run with other metrics.
   *
   * @param kept the names of those that stay
   * @return a cursor before the first update
   */
  public Cursor beginWithOthersThan(Set<String> kept) {
    return new RandomMetrics(this, 0, metric -> !kept.contains(metric)).cursor(totalIterations);
  }

  /**
   * The values of a schedule, read in order, to somewhat beyond the planned end.
   *
   * @param schedule what is read
   * @return half as many again as the run has updates, and three more
   */
  public double[] series(Schedule schedule) {
    return series(schedule, begin(), length());
  }

  /** Somewhat beyond the planned end. */
  private int length() {
    return Math.toIntExact(totalIterations + totalIterations / 2 + 3);
  }

  static double[] series(Schedule schedule, Cursor cursor, int length) {
    double[] values = new double[length];
    for (int i = 0; i < length; i++) {
      values[i] = schedule.at(cursor);
      cursor.advance();
    }
    return values;
  }

  /**
   * A position in words.
   *
   * @param iteration the update
   * @return {@code at iteration 3 of 40, 8 an epoch}
   */
  public String at(long iteration) {
    return "at iteration %d of %d, %d an epoch"
        .formatted(iteration, totalIterations, iterationsPerEpoch);
  }
}
