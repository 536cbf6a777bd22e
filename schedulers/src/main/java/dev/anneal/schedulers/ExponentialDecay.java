package dev.anneal.schedulers;

import dev.anneal.core.InputException;
import dev.anneal.core.schedule.Boundary;
import dev.anneal.core.schedule.Progress;
import dev.anneal.core.schedule.Schedule;
import dev.anneal.core.schedule.Span;
import dev.anneal.core.schedule.Unit;
import dev.anneal.core.spec.Param;
import dev.anneal.core.spec.Parameters;
import dev.anneal.core.spec.Plugin;
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
 *
 * @param initial the value at t = 0, in [0, inf)
 * @param rate what each N multiplies by, in (0, inf)
 * @param over the time N in which the value changes by the rate, above 0
 * @param staircase whether it changes at multiples of N only; by default not
 * @param per the clock's unit
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
        Span over,
    @Param(value = "whether it changes at multiples of the length only", byDefault = "false")
        boolean staircase,
    Unit per)
    implements Schedule {
  /**
   * Checks the ranges.
   *
   * @throws InputException if a parameter is out of range
   */
  public ExponentialDecay {
    Parameters.check(ExponentialDecay.class, initial, rate, over, staircase, per);
  }

  @Override
  public double at(Progress progress) {
    double t = per.clock(progress);
    double n = over.in(per, progress);
    return staircase
        ? Precise.power(initial, 0, rate, Jumps.stairs(t, n))
        : Precise.powerOver(initial, rate, t, n);
  }

  @Override
  public List<Boundary> boundaries(Progress run) {
    return staircase ? Jumps.every(over.in(per, run), 0, per, run) : List.of();
  }
}
