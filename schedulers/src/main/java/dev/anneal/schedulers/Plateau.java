package dev.anneal.schedulers;

import dev.anneal.api.Framework;
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
 * Another schedule that is reduced whenever a metric has stopped improving.
 *
 * <p>The value is {@code max(schedule * factor^r, floor)}, where r is the number of reductions so
 * far, but never above the schedule. The metric of an epoch works from the first update of the next
 * epoch on. In the first epoch, and as long as nothing is recorded, the value is the schedule's. It
 * has no end.
 *
 * <p>A metric is better than the best so far if it is below {@code best - delta}, or below {@code
 * best * (1 - delta)} with {@code deltaIs=fraction}; in {@code mode=max} if it is above {@code best
 * + delta} or {@code best * (1 + delta)}. With a negative best and a fraction that bar lies on the
 * wrong side of the best, as in PyTorch; use {@code deltaIs=value} there. NaN, which also stands
 * for a metric that was not recorded, is never better and never the best. After an epoch,
 * frameworks do this:
 *
 * <ul>
 *   <li>{@code keras}: a cool-down counts down, and sets the wait to 0. A better metric sets the
 *       wait to 0. Otherwise, unless a cool-down is still left, the wait grows by one, and at
 *       {@code wait >= patience} the rate is reduced, the wait set to 0 and the cool-down begun.
 *       The first metric is always better. Where the rate cannot fall any more, nothing happens.
 *   <li>{@code torch}: a better metric sets the count of bad epochs to 0, any other adds one. A
 *       cool-down counts down, and sets the count to 0. At {@code count > patience} the rate is
 *       reduced, the count set to 0 and the cool-down begun, also where the rate cannot fall any
 *       more. So with the same patience PyTorch waits one epoch longer, and with the same cool-down
 *       too.
 * </ul>
 *
 * <p>A reduction is made where it changes the rate at the end of the epoch by more than {@code
 * leastChange}. Unlike Keras, which takes a first metric of NaN for the best and never finds a
 * better one, this takes the first number.
 *
 * <p>Defaults are those of Keras; PyTorch has {@code delta_is=fraction}, {@code least_change=1e-8},
 * {@code dialect=torch}.
 *
 * <p>Source: ReduceLROnPlateau of Keras and of PyTorch.
 */
@Plugin(
    name = "plateau",
    summary = "schedule, multiplied by factor whenever a metric has stopped improving",
    source = "Keras ReduceLROnPlateau; PyTorch ReduceLROnPlateau")
public record Plateau(
    @Param("what is reduced") Schedule schedule,
    @Param(value = "the metric", byDefault = "val_loss") String monitor,
    @Param(value = "whether lower or higher is better", byDefault = "min") Mode mode,
    @Param(value = "what a reduction multiplies by", byDefault = "0.1", range = "[0, 1)")
        double factor,
    @Param(
            value = "how many epochs without improvement are borne",
            byDefault = "10",
            range = "[0, inf)")
        int patience,
    @Param(
            value = "by how much a better metric must differ",
            byDefault = "1e-4",
            range = "[0, inf)",
            alias = "min_delta")
        double delta,
    @Param(value = "what delta means; a fraction is one of the best", byDefault = "value")
        Relative deltaIs,
    @Param(
            value = "how many epochs after a reduction do not count",
            byDefault = "0",
            range = "[0, inf)")
        int cooldown,
    @Param(
            value = "the value below which nothing is reduced",
            byDefault = "0",
            range = "[0, inf)",
            alias = "min_lr")
        double floor,
    @Param(
            value = "whose way of counting",
            byDefault = "keras",
            choices = {"keras", "torch"})
        Framework dialect,
    @Param(
            value = "what a reduction must change to be made",
            byDefault = "0",
            range = "[0, inf)",
            alias = "eps")
        double leastChange)
    implements Schedule, Recurrence {
  /** What counts as better. */
  public enum Mode {
    /** Less is better. */
    MIN,
    /** More is better. */
    MAX;

    /** A metric that all others are better than. */
    double worst() {
      return this == MIN ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    }

    boolean isBetter(double metric, double best, double delta, Relative deltaIs) {
      double margin = this == MIN ? -delta : delta;
      double bar = deltaIs == Relative.VALUE ? best + margin : best * (1 + margin);
      return this == MIN ? metric < bar : metric > bar;
    }
  }

  // What the state holds: the product of the reductions, the best metric (NaN before there is one),
  // the epochs waited and the epochs of cool-down left.
  private static final int SCALE = 0;
  private static final int BEST = 1;
  private static final int WAIT = 2;
  private static final int COOLING = 3;

  @Override
  public double at(Progress progress) {
    double scale = progress.fold(this, epochs(progress))[SCALE];
    return bounded(schedule.at(progress), scale);
  }

  /** How many epochs are recorded by then: a history may know more than its time. */
  static long epochs(Progress progress) {
    return Math.min(progress.metrics().epochs(), progress.epoch());
  }

  private double bounded(double rate, double scale) {
    return Math.max(rate * scale, Math.min(rate, floor));
  }

  @Override
  public int size() {
    return 4;
  }

  @Override
  public void begin(double[] state) {
    state[SCALE] = 1;
    state[BEST] = Double.NaN;
    state[WAIT] = 0;
    state[COOLING] = 0;
  }

  @Override
  public void next(double[] state, long tick, Progress run) {
    double metric = run.metrics().value(monitor, (int) tick);
    boolean better = better(metric, state[BEST]);
    if (better) {
      state[BEST] = metric;
    }
    switch (dialect) {
      case KERAS -> keras(state, better, tick, run);
      default -> torch(state, better, tick, run);
    }
  }

  private boolean better(double metric, double best) {
    if (!Double.isNaN(best)) {
      return mode.isBetter(metric, best, delta, deltaIs);
    }
    return dialect == Framework.KERAS
        ? !Double.isNaN(metric)
        : mode.isBetter(metric, mode.worst(), delta, deltaIs);
  }

  private void keras(double[] state, boolean better, long tick, Progress run) {
    if (state[COOLING] > 0) {
      state[COOLING]--;
      state[WAIT] = 0;
    }
    if (better) {
      state[WAIT] = 0;
    } else if (state[COOLING] == 0) {
      state[WAIT]++;
      if (state[WAIT] >= patience && reduce(state, tick, run)) {
        state[WAIT] = 0;
        state[COOLING] = cooldown;
      }
    }
  }

  private void torch(double[] state, boolean better, long tick, Progress run) {
    state[WAIT] = better ? 0 : state[WAIT] + 1;
    if (state[COOLING] > 0) {
      state[COOLING]--;
      state[WAIT] = 0;
    }
    if (state[WAIT] > patience) {
      reduce(state, tick, run);
      state[WAIT] = 0;
      state[COOLING] = cooldown;
    }
  }

  /** Multiplies by the factor if that changes enough, and says whether it did. */
  private boolean reduce(double[] state, long tick, Progress run) {
    double rate = rate(schedule, tick, run);
    double before = bounded(rate, state[SCALE]);
    boolean enough = before - Math.max(before * factor, floor) > leastChange;
    if (enough) {
      state[SCALE] *= factor;
    }
    return enough;
  }

  /** What a schedule says for the last update of an epoch. */
  static double rate(Schedule schedule, long epoch, Progress run) {
    return run.read(schedule, 0, run.totalIterations(), (epoch + 1) * run.iterationsPerEpoch() - 1);
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
