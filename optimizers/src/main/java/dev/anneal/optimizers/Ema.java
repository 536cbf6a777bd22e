package dev.anneal.optimizers;

import dev.anneal.core.InputException;
import dev.anneal.core.lane.Lane;
import dev.anneal.core.optimize.Extent;
import dev.anneal.core.optimize.Hyperparameter;
import dev.anneal.core.optimize.Optimizer;
import dev.anneal.core.optimize.Slot;
import dev.anneal.core.optimize.Step;
import dev.anneal.core.schedule.Schedule;
import dev.anneal.core.spec.Param;
import dev.anneal.core.spec.Parameters;
import dev.anneal.core.spec.Plugin;
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
  private static final Slot BEGUN = new Slot("begun", Extent.GROUP, 0);
  private static final Slot STEPS = new Slot("steps", Extent.GROUP, 0);

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
  public void step(Step step) {
    Lane w = wrapped().step(step, step.gradient());
    if (!wrapped().isLast(step)) {
      step.setWeight(w);
      return;
    }
    Lane begun = step.slot(BEGUN);
    Lane kept = begun.times(wrapped().hyper(step, MOMENTUM));
    Lane average = Parts.mean(step.slot(AVERAGE), kept, w);
    step.set(AVERAGE, average);
    step.set(BEGUN, Parts.ONE);
    step.setWeight(overwriteEvery == 0 ? w : overwritten(step, w, average));
    step.evaluateWith(begun.ifLess(Parts.ONE, step.weight(), step.slot(AVERAGE)));
  }

  private Lane overwritten(Step step, Lane w, Lane average) {
    Lane steps = step.slot(STEPS).plus(1);
    Lane before = Lane.of(overwriteEvery - 1);
    step.set(STEPS, before.ifLess(steps, Parts.ZERO, steps));
    return before.ifLess(steps, average, w);
  }
}
