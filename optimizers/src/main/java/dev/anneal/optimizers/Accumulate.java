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
 * Another optimizer that takes one step along the mean of several gradients, as if of one large
 * batch.
 *
 * <ul>
 *   <li>{@code mean = mean + (g - mean) / i} at the i-th gradient since the last step
 *   <li>at the {@code steps}-th the other optimizer takes its step along it; its weights, its state
 *       and the number of its step change only then
 * </ul>
 *
 * <p>Schedules are read at each gradient: a schedule per iteration counts batches, as in Keras;
 * those of Optax count steps of the other optimizer. A rule that reads the loss reads that of the
 * last batch. {@code accumulate(clip(...))} clips the mean, {@code clip(accumulate(...))} each
 * gradient.
 *
 * <p>Source: MultiSteps of Optax; {@code gradient_accumulation_steps} of Keras, which divides the
 * sum instead.
 *
 * @param optimizer takes a step along the mean, of one gradient
 * @param steps how many gradients go into the mean, at least 1
 */
@Plugin(
    name = "accumulate",
    summary = "another optimizer, one step along the mean of several gradients",
    source = "Optax MultiSteps; Keras gradient_accumulation_steps")
public record Accumulate(
    @Param("what takes a step along the mean") Optimizer optimizer,
    @Param(
            value = "how many gradients go into the mean",
            range = "[1, 1e9]",
            alias = "gradient_accumulation_steps")
        int steps)
    implements Optimizer {
  private static final Slot MEAN = new Slot("mean");
  private static final Slot GRADIENTS = new Slot("gradients", Extent.GROUP, 0);
  private static final Slot UPDATES = new Slot("updates", Extent.GROUP, 0);

  /**
   * Checks the ranges.
   *
   * @throws InputException if a parameter is out of range, or the optimizer takes several gradients
   *     a step
   */
  public Accumulate {
    Parameters.check(Accumulate.class, optimizer, steps);
    if (optimizer.passes() > 1) {
      throw new InputException(
          "accumulate: an optimizer that takes %d gradients a step goes around it, not into it"
              .formatted(optimizer.passes()));
    }
  }

  @Override
  public List<Hyperparameter> hyperparameters() {
    return optimizer.hyperparameters();
  }

  @Override
  public Accumulate withLearningRate(Schedule schedule) {
    return new Accumulate(optimizer.withLearningRate(schedule), steps);
  }

  @Override
  public void step(Step step) {
    Lane gradients = step.slot(GRADIENTS).plus(1);
    Lane updates = step.slot(UPDATES).plus(1);
    Lane w = step.weight();
    Lane last = step.slot(MEAN);
    Lane mean = Parts.ONE.over(gradients).fma(step.gradient().minus(last), last);
    Step.Inner inner = step.inner(optimizer, w, mean, updates);
    Lane before = Lane.of(steps - 1);
    inner.keepIfLess(before, gradients);
    step.set(MEAN, before.ifLess(gradients, Parts.ZERO, mean));
    step.set(GRADIENTS, before.ifLess(gradients, Parts.ZERO, gradients));
    step.set(UPDATES, before.ifLess(gradients, updates, step.slot(UPDATES)));
    step.setWeight(before.ifLess(gradients, inner.weight(), w));
  }
}
