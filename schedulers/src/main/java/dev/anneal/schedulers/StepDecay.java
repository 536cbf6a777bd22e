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
 * A staircase: {@code initial * factor^floor((offset + t) / n)}, where {@code t} is the clock and
 * {@code n} is {@code every}, both counted in {@code per}.
 *
 * <p>The boundary belongs to the right: with offset 0 the value changes at t = n, 2n, ... With
 * offset 1 every change comes one tick earlier, at t = n - 1, 2n - 1, ... At t = 0 the value is
 * {@code initial} (with offset 1 unless n is 1 or less). It has no end. A factor above 1 makes it
 * rise, at most to {@link Double#MAX_VALUE}. A length n that is not whole moves each change to the
 * next tick. The value is within 1 ulp of the formula.
 *
 * <p>Source: StepLR of PyTorch (offset 0); the Keras LearningRateScheduler recipe {@code lr *
 * drop^floor((1 + epoch) / n)} (offset 1).
 */
@Plugin(
    name = "step",
    summary = "initial * factor^floor((offset + t) / every)",
    source = "PyTorch StepLR (offset 0); Keras LearningRateScheduler recipe (offset 1)")
public record StepDecay(
    @Param(value = "the value at the start", range = "[0, inf)", alias = "initial_learning_rate")
        double initial,
    @Param(value = "what each change multiplies by", range = "(0, inf)", alias = "gamma")
        double factor,
    @Param(value = "the time from change to change", range = "(0, inf)", alias = "step_size")
        Duration every,
    @Param(value = "1 makes every change one tick earlier", byDefault = "0", range = "[0, 1]")
        int offset,
    Unit per)
    implements Schedule {

  @Override
  public double at(Progress progress) {
    double changes =
        Staircase.stairs((double) offset + per.clock(progress), every.in(per, progress));
    return DoubleDouble.power(initial, 0, factor, changes);
  }

  @Override
  public List<Boundary> boundaries(Progress run) {
    return Staircase.every(every.in(per, run), offset, per, run);
  }
}
