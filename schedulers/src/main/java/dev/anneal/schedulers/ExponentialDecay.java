package dev.anneal.schedulers;

import dev.anneal.api.numeric.DoubleDouble;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.api.schedule.Boundary;
import dev.anneal.api.schedule.Duration;
import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.api.schedule.Unit;
import java.util.List;

/**
 * Decay by a constant rate: {@code initial * rate^(t / N)}, where {@code t} is the clock and {@code
 * N} is {@code over}, both counted in {@code per}. A {@code staircase} takes {@code floor(t / N)}
 * instead, and changes at t = N, 2N, ...: there the new value is in force.
 *
 * <p>At t = 0 the value is exactly {@code initial}, at t = N it is {@code initial * rate}. It has
 * no end: it falls on to 0, or with a rate above 1 it rises, at most to {@link Double#MAX_VALUE}.
 * The value is within 1 ulp of the formula.
 *
 * <p>Frameworks disagree on the rest: Optax adds a bound, for which there is {@code clamp}, and a
 * late beginning, for which there is {@code shift}; a rate of 0 means a constant there.
 *
 * <p>Source: ExponentialDecay of Keras; exponential_decay of Optax; ExponentialLR of PyTorch, where
 * N is 1.
 */
@Plugin(
    name = "exponential-decay",
    summary = "initial * rate^(t / over)",
    source = "Keras ExponentialDecay; Optax exponential_decay; PyTorch ExponentialLR")
public record ExponentialDecay(
    @Param(value = "the value at the start", range = "[0, inf)", alias = "initial_learning_rate")
        double initial,
    @Param(value = "what each length multiplies by", range = "(0, inf)", alias = "decay_rate")
        double rate,
    @Param(
            value = "the time in which the value changes by the rate",
            range = "(0, inf)",
            alias = "decay_steps")
        Duration over,
    @Param(value = "whether it changes at multiples of the length only", byDefault = "false")
        boolean staircase,
    Unit per)
    implements Schedule {

  @Override
  public double at(Progress progress) {
    double t = per.clock(progress);
    double n = over.in(per, progress);
    return staircase
        ? DoubleDouble.power(initial, 0, rate, Staircase.stairs(t, n))
        : DoubleDouble.powerOver(initial, rate, t, n);
  }

  @Override
  public List<Boundary> boundaries(Progress run) {
    return staircase ? Staircase.every(over.in(per, run), 0, per, run) : List.of();
  }
}
