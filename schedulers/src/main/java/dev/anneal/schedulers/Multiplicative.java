package dev.anneal.schedulers;

import dev.anneal.api.numeric.DoubleDouble;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Recurrence;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.api.schedule.Unit;

/**
 * A value that each tick multiplies by a factor, which another schedule gives.
 *
 * <p>{@code initial * f(1) * f(2) * ... * f(t)}, multiplied factor by factor, where {@code t} is
 * the clock counted in {@code per} and f(k) is the value of {@code factor} at the first update of
 * tick k. At t = 0 the value is exactly {@code initial}, and the factor is not read. It has no end.
 * A product beyond the largest number is that number. A run that moves on multiplies once a tick; a
 * reading at random multiplies t times.
 *
 * <p>Source: MultiplicativeLR of PyTorch.
 */
@Plugin(
    name = "multiplicative",
    summary = "initial * factor(1) * factor(2) * ... * factor(t)",
    source = "PyTorch MultiplicativeLR")
public record Multiplicative(
    @Param(value = "the value at the start", range = "[0, inf)", alias = "initial_learning_rate")
        double initial,
    @Param(value = "what each tick multiplies by", alias = "lr_lambda") Schedule factor,
    Unit per)
    implements Schedule, Recurrence {

  @Override
  public double at(Progress progress) {
    return progress.fold(this, per.clock(progress))[0];
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
    long iteration = per.firstIteration(tick + 1.0, run);
    state[0] =
        DoubleDouble.finite(state[0] * run.read(factor, 0, run.totalIterations(), iteration));
  }
}
