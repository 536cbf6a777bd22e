package dev.anneal.testkit;

import dev.anneal.api.plugin.PluginType;
import dev.anneal.api.schedule.Boundary;
import dev.anneal.api.schedule.Cursor;
import dev.anneal.api.schedule.Duration;
import dev.anneal.api.schedule.Schedule;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Where the value of a schedule leaps in a run, though no boundary says so. A step that is many
 * times as large as those beside it is a leap, and so is one that the next step takes back. But a
 * steep curve has such steps too; therefore the same curve is read in a run of many times as many
 * updates, where it falls into small ones. What a schedule counts in updates does not grow with the
 * run; its leaps are at the same update again.
 */
final class Leaps {
  /** A step this many times as large as its neighbours together may be a leap. */
  private static final double LARGE = 8;

  /** Read so many times as often, a steep curve falls into steps; a leap stays one. */
  private static final int FINER = 4096;

  private static final double STILL = 0.9;

  private final Schedule schedule;
  private final RandomRun run;
  private final RandomRun fine;
  private final Steps steps;

  Leaps(Schedule schedule, RandomRun run) {
    this.schedule = schedule;
    this.run = run;
    fine =
        new RandomRun(run.iterationsPerEpoch() * FINER, run.totalIterations() * FINER, run.seed());
    steps = new Steps(run.series(schedule), schedule.boundaries(run.begin()), run);
  }

  /** The first of them in words. */
  Optional<String> first() {
    return IntStream.range(2, Math.toIntExact(run.totalIterations()))
        .filter(i -> steps.mayLeap(i) && (leapsReadFiner(i) || leapsAtThisVeryUpdate(i)))
        .mapToObj(i ->
            "jumps from %s to %s without a boundary %s; beside these it is %s and %s"
                .formatted(
                    steps.values[i - 1],
                    steps.values[i],
                    run.at(i),
                    steps.values[i - 2],
                    steps.values[i + 1]))
        .findFirst();
  }

  /** The values of a run, and where it may jump. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Steps(double[] values, List<Boundary> boundaries, RandomRun run) {
    double size(int i) {
      return Math.abs(values[i] - values[i - 1]);
    }

    /** Whether a step looks like a leap. */
    boolean mayLeap(int i) {
      if (isDeclared(i, boundaries, run) || Math.abs(values[i]) == Double.MAX_VALUE) {
        return false;
      }
      double there = values[i] - values[i - 1];
      double back = values[i + 1] - values[i];
      boolean alone = isLarge(i, size(i), size(i - 1) + size(i + 1));
      boolean returns =
          there * back < 0
              && !isDeclared(i + 1, boundaries, run)
              && isLarge(i, Math.min(size(i), size(i + 1)), size(i - 1) + size(i + 2));
      return alone || returns;
    }

    private boolean isLarge(int i, double step, double around) {
      double rounding = 4 * Math.ulp(Math.max(Math.abs(values[i]), Math.abs(values[i - 1])));
      return step > LARGE * around + rounding;
    }
  }

  /**
   * At a declared jump, where an epoch begins (of the run, or of a part that begins at a boundary),
   * and beside a bend, where the steps on its two sides have nothing in common.
   */
  private static boolean isDeclared(long iteration, List<Boundary> boundaries, RandomRun run) {
    int epoch = run.iterationsPerEpoch();
    return iteration % epoch == 0
        || boundaries.stream()
            .anyMatch(boundary -> {
              long after = iteration - boundary.iteration();
              return (after >= 0 && after % epoch == 0)
                  || (Math.abs(after) <= 1 && !boundary.jumps());
            });
  }

  /**
   * Lengths in epochs and percent grow with the run, so that the same curve is read. Where there
   * are more boundaries than a schedule lists, any update may be one.
   */
  private boolean leapsReadFiner(int iteration) {
    List<Boundary> boundaries = schedule.boundaries(fine.begin());
    if (boundaries.size() >= Boundary.MOST) {
      return false;
    }
    Cursor cursor = fine.begin();
    long from = (iteration - 1L) * FINER;
    double[] values =
        LongStream.rangeClosed(from, from + FINER)
            .mapToDouble(k -> schedule.at(cursor.moveTo(k)))
            .toArray();
    return IntStream.rangeClosed(1, FINER)
        .filter(k -> Math.abs(values[k] - values[k - 1]) >= STILL * steps.size(iteration))
        .anyMatch(k -> !isDeclared(from + k, boundaries, fine));
  }

  /**
   * Whether the schedule counts updates to its leap by itself. A length in updates that is a
   * parameter makes a curve as steep as its user likes.
   */
  private boolean leapsAtThisVeryUpdate(int iteration) {
    double[] values = RandomRun.series(schedule, fine.begin(), iteration + 3);
    return !countsUpdates(schedule)
        && new Steps(values, schedule.boundaries(fine.begin()), fine).mayLeap(iteration);
  }

  private static boolean countsUpdates(Schedule schedule) {
    return PluginType.of((Object) schedule).stream()
        .flatMap(type -> type.components().stream())
        .map(component -> component.of((Record) schedule))
        .flatMap(value -> value instanceof List<?> list ? list.stream() : Stream.of(value))
        .anyMatch(value ->
            value instanceof Duration length && length.measure() == Duration.Measure.ITERATIONS);
  }
}
