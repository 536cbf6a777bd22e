package dev.anneal.optimizers;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.Granularity;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.optimizer.Slot;
import dev.anneal.api.optimizer.StepBuilder;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.api.schedule.Schedule;

/**
 * Another optimizer, and beside it a running mean of its weights, which the model is evaluated
 * with.
 *
 * <p>The other optimizer steps to w; then {@code average = average + (1 - momentum) (w - average)}.
 * The first average is the first w. Training goes on from w, unless {@code overwrite_every} is
 * given: at every so many steps the weights become the average.
 *
 * <p>A momentum of t / (t + 1) at iteration t gives all weights the same part in the average, as
 * PyTorch's {@code AveragedModel} does by default.
 *
 * <p>Source: Polyak and Juditsky, "Acceleration of stochastic approximation by averaging", 1992;
 * {@code use_ema}, {@code ema_momentum} and {@code ema_overwrite_frequency} of Keras.
 */
@Plugin(
    name = "ema",
    summary = "another optimizer, evaluated with average + (1 - momentum) * (w - average)",
    source = "Polyak and Juditsky 1992; Keras use_ema")
public record Ema(
    @Param("what takes the steps") Optimizer optimizer,
    @Param(
            value = "the part of the average kept",
            byDefault = "0.99",
            range = "[0, 1)",
            alias = "ema_momentum",
            hyperparameter = "ema_momentum")
        Schedule momentum,
    @Param(
            value = "after how many steps the weights become the average; 0 for never",
            byDefault = "0",
            range = "[0, 1e9]",
            alias = "ema_overwrite_frequency")
        int overwriteEvery)
    implements Optimizer {
  private static final Slot AVERAGE = new Slot("average");
  private static final Slot BEGUN = new Slot("begun", Granularity.GROUP, 0);
  private static final Slot STEPS = new Slot("steps", Granularity.GROUP, 0);

  @Override
  public void step(StepBuilder step) {
    Expression w = step.take(optimizer, step.gradient());
    if (step.pass() < passes() - 1) {
      step.setWeight(w);
      return;
    }
    Expression begun = step.slot(BEGUN);
    Expression kept = begun.times(step.hyperparameter(momentum));
    Expression average = Terms.mean(step.slot(AVERAGE), kept, w);
    step.set(AVERAGE, average);
    step.set(BEGUN, Terms.ONE);
    step.setWeight(overwriteEvery == 0 ? w : overwritten(step, w, average));
    step.evaluateWith(begun.ifLess(Terms.ONE, step.weight(), step.slot(AVERAGE)));
  }

  private Expression overwritten(StepBuilder step, Expression w, Expression average) {
    Expression steps = step.slot(STEPS).plus(1);
    Expression before = Expression.of(overwriteEvery - 1);
    step.set(STEPS, before.ifLess(steps, Terms.ZERO, steps));
    return before.ifLess(steps, average, w);
  }
}
