package dev.anneal.schedulers;

import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Recurrence;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.api.schedule.Unit;

/**
 * Decay by division, in the two forms that share its name.
 *
 * <ul>
 *   <li>{@code closed}: {@code initial / (1 + decay * t)}. Per iteration this is the {@code decay}
 *       argument of legacy Keras optimizers, where {@code decay=0.01} and 250 batches an epoch
 *       leave 0.0286 of 0.1 after one epoch.
 *   <li>{@code recursive}: {@code initial / ((1 + decay * 0) * (1 + decay * 1) * ... * (1 + decay *
 *       t))}, divided factor by factor. Per epoch this is what a callback {@code (epoch, lr) -> lr
 *       / (1 + decay * epoch)} computes. It falls much faster.
 * </ul>
 *
 * <p>{@code t} is the clock, counted in {@code per}. At t = 0 both are exactly {@code initial};
 * neither has an end, and with decay 0 both are constant. A run that moves on divides once a tick
 * in the recursive form; a reading at random divides t times, fewer once the value must be 0.
 *
 * <p>Source: the {@code decay} argument of Keras 1 and 2; Keras InverseTimeDecay with {@code
 * decay_steps=1}; Keras LearningRateScheduler for the recursive form.
 */
@Plugin(
    name = "time-based",
    summary = "initial / (1 + decay * t), or the same division repeated at every t",
    source = "Keras 2 argument decay; Keras LearningRateScheduler recipe")
public record TimeBased(
    @Param(value = "the value at the start", range = "[0, inf)", alias = "initial_learning_rate")
        double initial,
    @Param(value = "how fast it falls", range = "[0, inf)") double decay,
    @Param(value = "divide once, or once more at every t", byDefault = "closed") Form form,
    Unit per)
    implements Schedule, Recurrence {
  /** Which of the two formulas. */
  public enum Form {
    /** {@code initial / (1 + decay * t)}. */
    CLOSED,
    /** The value before, divided by {@code 1 + decay * t}. */
    RECURSIVE
  }

  @Override
  public double at(Progress progress) {
    long t = per.clock(progress);
    return switch (form) {
      case CLOSED -> initial / divisor(t);
      case RECURSIVE -> decay == 0 ? initial : progress.fold(this, ticks(t))[0];
    };
  }

  /**
   * From {@code k = 1 / decay} on each division at least halves, and some 2100 halvings make 0 of
   * any number: later ticks change nothing.
   */
  private long ticks(long t) {
    return (long) Math.min((double) t, 1 / decay + 2200);
  }

  @Override
  public int size() {
    return 1;
  }

  @Override
  public void begin(double[] state) {
    state[0] = initial;
  }

  @Override
  public void next(double[] state, long tick, Progress run) {
    state[0] /= divisor(tick + 1);
  }

  // Product and sum rounded apart, not fused: this is the arithmetic of the published recipes, bit
  // for bit.
  private double divisor(long t) {
    return 1 + decay * t;
  }
}
