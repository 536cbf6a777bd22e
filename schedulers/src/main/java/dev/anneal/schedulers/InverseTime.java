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
 * Decay by division: {@code initial / (1 + rate * t / N)}, where {@code t} is the clock and {@code
 * N} is {@code over}, both counted in {@code per}. A {@code staircase} takes {@code floor(t / N)}
 * instead, and changes at t = N, 2N, ...: there the new value is in force.
 *
 * <p>At t = 0 the value is exactly {@code initial}; it has no end, and with rate 0 it is constant.
 * The value is within 1 ulp of the formula, and 0 where {@code rate * t / N} is beyond the largest
 * number.
 *
 * <p>Source: InverseTimeDecay of Keras. With N = 1 it is {@link TimeBased}, the {@code decay} of
 * legacy Keras optimizers.
 */
@Plugin(
    name = "inverse-time",
    summary = "initial / (1 + rate * t / over)",
    source = "Keras InverseTimeDecay")
public record InverseTime(
    @Param(value = "the value at the start", range = "[0, inf)", alias = "initial_learning_rate")
        double initial,
    @Param(
            value = "how much each length adds to the divisor",
            range = "[0, inf)",
            alias = "decay_rate")
        double rate,
    @Param(
            value = "the time in which the divisor grows by the rate",
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
        ? DoubleDouble.inverse(initial, rate, Staircase.stairs(t, n), 1)
        : DoubleDouble.inverse(initial, rate, t, n);
  }

  @Override
  public List<Boundary> boundaries(Progress run) {
    return staircase ? Staircase.every(over.in(per, run), 0, per, run) : List.of();
  }
}
