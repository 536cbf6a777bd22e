package dev.anneal.schedulers;

import dev.anneal.api.InputException;
import dev.anneal.api.numeric.DoubleDouble;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.api.schedule.Boundary;
import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Recurrence;
import dev.anneal.api.schedule.Relative;
import dev.anneal.api.schedule.Schedule;
import java.util.List;
import java.util.Optional;

/**
 * Another schedule that is raised while a metric keeps improving and reduced while it does not.
 *
 * <p>After each epoch: during a cool-down or a warm-up that one counts down by one, both counts are
 * set to 0 and nothing else happens. Otherwise a metric better than the best so far adds one to the
 * good epochs, any other adds one to the bad ones, and either sets the other count to 0. What is
 * better, {@link Plateau} says. Then
 *
 * <ul>
 *   <li>more good epochs than {@code patience} divide the rate by {@code factor}, at most up to
 *       {@code ceiling}, and begin the warm-up;
 *   <li>more bad epochs than {@code patience} multiply the rate by {@code factor}, at least down to
 *       {@code floor}, and begin the cool-down. At the floor, every {@code reset}-th time in a row
 *       starts all over, with the schedule's own value and no best metric.
 * </ul>
 *
 * <p>A change of at most {@code leastChange} is not made. A rate that is outside of {@code floor}
 * and {@code ceiling} by itself is not brought inside, only never moved further out. With {@code
 * window} above 1 the metric is the mean of the last so many epochs. NaN, which also stands for a
 * metric that was not recorded, is never better and makes each mean that it is part of NaN; in
 * Transformers it stays in the mean for good. The metric of an epoch works from the first update of
 * the next epoch on. It has no end.
 *
 * <p>The defaults are those of Transformers: look at {@code floor} and {@code ceiling}, which are
 * values, not fractions of the schedule.
 *
 * <p>Source: GreedyLR of Transformers, stepped once an epoch; arXiv 2512.14527.
 */
@Plugin(
    name = "greedy",
    summary = "schedule, divided by factor while a metric improves, else multiplied by it",
    source = "Transformers GreedyLR")
public record Greedy(
    @Param("what is raised and reduced") Schedule schedule,
    @Param(value = "the metric", byDefault = "loss") String monitor,
    @Param(value = "whether lower or higher is better", byDefault = "min") Plateau.Mode mode,
    @Param(
            value = "what a reduction multiplies and a rise divides by",
            byDefault = "0.95",
            range = "(0, 1)")
        double factor,
    @Param(value = "how many epochs of a kind are borne", byDefault = "10", range = "[0, inf)")
        int patience,
    @Param(
            value = "by how much a better metric must differ",
            byDefault = "1e-6",
            range = "[0, inf)",
            alias = "threshold")
        double delta,
    @Param(value = "what delta means; a fraction is one of the best", byDefault = "value")
        Relative deltaIs,
    @Param(
            value = "how many epochs after a reduction do not count",
            byDefault = "0",
            range = "[0, inf)")
        int cooldown,
    @Param(value = "how many epochs after a rise do not count", byDefault = "0", range = "[0, inf)")
        int warmup,
    @Param(
            value = "the value below which nothing is reduced",
            byDefault = "1e-3",
            range = "[0, inf)",
            alias = "min_lr")
        double floor,
    @Param(
            value = "the value above which nothing is raised",
            byDefault = "1",
            range = "[0, inf)",
            alias = "max_lr")
        double ceiling,
    @Param(
            value = "what a change must exceed to be made",
            byDefault = "1e-8",
            range = "[0, inf)",
            alias = "eps")
        double leastChange,
    @Param(
            value = "over how many epochs the metric is averaged",
            byDefault = "1",
            range = "[1, 10000]",
            alias = "window_size")
        int window,
    @Param(
            value = "how many reductions at the floor start all over",
            byDefault = "500",
            range = "[1, inf)",
            alias = "reset_start")
        int reset)
    implements Schedule, Recurrence {
  // What the state holds; the last metrics follow.
  private static final int SCALE = 0;
  private static final int BEST = 1;
  private static final int GOOD = 2;
  private static final int BAD = 3;
  private static final int COOLING = 4;
  private static final int WARMING = 5;
  private static final int AT_FLOOR = 6;
  private static final int SEEN = 7;
  private static final int METRICS = 8;

  /**
   * Checks the bounds.
   *
   * @throws InputException if the floor is above the ceiling
   */
  public Greedy {
    if (floor > ceiling) {
      throw new InputException("greedy: floor must not exceed ceiling");
    }
  }

  @Override
  public double at(Progress progress) {
    double scale = progress.fold(this, Plateau.epochs(progress))[SCALE];
    return bounded(schedule.at(progress), scale);
  }

  /** A rate that is no number stays none, where {@code Math.clamp} would refuse its bounds. */
  private double bounded(double rate, double scale) {
    return Math.max(Math.min(rate, floor), Math.min(rate * scale, Math.max(rate, ceiling)));
  }

  @Override
  public int size() {
    return METRICS + window;
  }

  @Override
  public void begin(double[] state) {
    state[SCALE] = 1;
    state[BEST] = mode.worst();
    state[GOOD] = 0;
    state[BAD] = 0;
    state[COOLING] = 0;
    state[WARMING] = 0;
    state[AT_FLOOR] = 0;
    state[SEEN] = 0;
  }

  @Override
  public void next(double[] state, long tick, Progress run) {
    double metric = smooth(state, run.metrics().value(monitor, (int) tick));
    if (state[COOLING] > 0 || state[WARMING] > 0) {
      state[state[COOLING] > 0 ? COOLING : WARMING]--;
      state[GOOD] = 0;
      state[BAD] = 0;
      return;
    }
    if (mode.isBetter(metric, state[BEST], delta, deltaIs)) {
      state[BEST] = metric;
      state[GOOD]++;
      state[BAD] = 0;
    } else {
      state[BAD]++;
      state[GOOD] = 0;
    }
    if (state[GOOD] > patience) {
      raise(state, Plateau.rate(schedule, tick, run));
      state[WARMING] = warmup;
      state[GOOD] = 0;
    } else if (state[BAD] > patience) {
      reduce(state, Plateau.rate(schedule, tick, run));
      state[COOLING] = cooldown;
      state[BAD] = 0;
    }
  }

  private double smooth(double[] state, double metric) {
    state[METRICS + (int) (state[SEEN] % window)] = metric;
    state[SEEN]++;
    int held = (int) Math.min(state[SEEN], window);
    double sum = 0;
    for (int i = 0; i < held; i++) {
      sum += state[METRICS + i];
    }
    return sum / held;
  }

  private void raise(double[] state, double rate) {
    double before = bounded(rate, state[SCALE]);
    double after = Math.min(before / factor, ceiling);
    if (after - before > leastChange) {
      // One bit above the quotient, so that the rate comes to the ceiling and not just below it.
      state[SCALE] =
          DoubleDouble.finite(
              after == ceiling ? Math.nextUp(ceiling / rate) : state[SCALE] / factor);
    }
    state[AT_FLOOR] = 0;
  }

  private void reduce(double[] state, double rate) {
    double before = bounded(rate, state[SCALE]);
    double after = Math.max(before * factor, floor);
    if (before - after > leastChange) {
      state[SCALE] = after == floor ? Math.nextDown(floor / rate) : state[SCALE] * factor;
    }
    if (bounded(rate, state[SCALE]) <= floor) {
      state[AT_FLOOR]++;
      if (state[AT_FLOOR] >= reset) {
        begin(state);
      }
    }
  }

  @Override
  public Optional<String> monitored() {
    return Optional.of(monitor);
  }

  @Override
  public List<Boundary> boundaries(Progress run) {
    return schedule.boundaries(run);
  }
}
