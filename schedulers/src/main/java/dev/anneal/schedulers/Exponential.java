package dev.anneal.schedulers;

import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.api.schedule.Unit;

/**
 * Exponential decay: {@code initial * e^(-rate * t)}, where {@code t} is the clock counted in
 * {@code per}.
 *
 * <p>At t = 0 the value is exactly {@code initial}. It has no end; it halves every {@code ln 2 /
 * rate} ticks and is 0 once it is below the smallest double. The relative error is at most {@code
 * (2 + rate * t) * 2^-52}.
 *
 * <p>Source: the recipe {@code lr * exp(-k * epoch)} for Keras LearningRateScheduler; ExponentialLR
 * of PyTorch with {@code gamma = e^-rate}; ExponentialDecay of Keras with {@code decay_rate =
 * e^(-rate * decay_steps)}.
 */
@Plugin(
    name = "exponential",
    summary = "initial * e^(-rate * t)",
    source = "PyTorch ExponentialLR with gamma = e^-rate; Keras LearningRateScheduler recipe")
public record Exponential(
    @Param(value = "the value at the start", range = "[0, inf)", alias = "initial_learning_rate")
        double initial,
    @Param(value = "how fast it falls", range = "[0, inf)", alias = "k") double rate,
    Unit per)
    implements Schedule {

  @Override
  public double at(Progress progress) {
    return initial * StrictMath.exp(-rate * per.clock(progress));
  }
}
