package dev.anneal.optimizers;

import dev.anneal.api.InputException;
import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.Granularity;
import dev.anneal.api.optimizer.Hyperparameter;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.optimizer.Slot;
import dev.anneal.api.optimizer.StepBuilder;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Parameters;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.api.schedule.Schedule;
import java.util.List;

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
 *
 * @param optimizer takes the steps
 * @param momentum the part of the average kept; a constant lies in [0, 1)
 * @param overwriteEvery after how many steps the weights become the average; 0 for never
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
            alias = "ema_momentum")
        Schedule momentum,
    @Param(
            value = "after how many steps the weights become the average; 0 for never",
            byDefault = "0",
            range = "[0, 1e9]",
            alias = "ema_overwrite_frequency")
        int overwriteEvery)
    implements Optimizer {
  private static final String MOMENTUM = "ema_momentum";
  private static final Slot AVERAGE = new Slot("average");
  private static final Slot BEGUN = new Slot("begun", Granularity.GROUP, 0);
  private static final Slot STEPS = new Slot("steps", Granularity.GROUP, 0);

  /**
   * Checks the ranges.
   *
   * @throws InputException if a parameter is out of range
   */
  public Ema {
    Parameters.check(Ema.class, optimizer, momentum, overwriteEvery);
  }

  private Wrapped wrapped() {
    return Wrapped.of(optimizer, new Hyperparameter(MOMENTUM, momentum));
  }

  @Override
  public List<Hyperparameter> hyperparameters() {
    return wrapped().hyperparameters();
  }

  @Override
  public int passes() {
    return optimizer.passes();
  }

  @Override
  public Ema withLearningRate(Schedule schedule) {
    return new Ema(optimizer.withLearningRate(schedule), momentum, overwriteEvery);
  }

  @Override
  public void step(StepBuilder step) {
    Expression w = wrapped().step(step, step.gradient());
    if (!wrapped().isLast(step)) {
      step.setWeight(w);
      return;
    }
    Expression begun = step.slot(BEGUN);
    Expression kept = begun.times(wrapped().hyperparameter(step, MOMENTUM));
    Expression average = RuleExpressions.mean(step.slot(AVERAGE), kept, w);
    step.set(AVERAGE, average);
    step.set(BEGUN, RuleExpressions.ONE);
    step.setWeight(overwriteEvery == 0 ? w : overwritten(step, w, average));
    step.evaluateWith(begun.ifLess(RuleExpressions.ONE, step.weight(), step.slot(AVERAGE)));
  }

  private Expression overwritten(StepBuilder step, Expression w, Expression average) {
    Expression steps = step.slot(STEPS).plus(1);
    Expression before = Expression.of(overwriteEvery - 1);
    step.set(STEPS, before.ifLess(steps, RuleExpressions.ZERO, steps));
    return before.ifLess(steps, average, w);
  }
}
