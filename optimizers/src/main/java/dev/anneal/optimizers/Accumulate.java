package dev.anneal.optimizers;

import dev.anneal.api.InputException;
import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.Granularity;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.optimizer.Slot;
import dev.anneal.api.optimizer.StepBuilder;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;

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
  private static final Slot GRADIENTS = new Slot("gradients", Granularity.GROUP, 0);
  private static final Slot UPDATES = new Slot("updates", Granularity.GROUP, 0);

  /**
   * Checks the optimizer.
   *
   * @throws InputException if the optimizer takes several gradients a step
   */
  public Accumulate {
    if (optimizer.passes() > 1) {
      throw new InputException(
          "accumulate: an optimizer that takes %d gradients a step goes around it, not into it"
              .formatted(optimizer.passes()));
    }
  }

  @Override
  public void step(StepBuilder step) {
    Expression gradients = step.slot(GRADIENTS).plus(1);
    Expression updates = step.slot(UPDATES).plus(1);
    Expression w = step.weight();
    Expression last = step.slot(MEAN);
    Expression mean = Terms.ONE.dividedBy(gradients).fma(step.gradient().minus(last), last);
    StepBuilder.Inner inner = step.inner(optimizer, w, mean, updates);
    Expression before = Expression.of(steps - 1);
    inner.storeIfLess(before, gradients);
    step.set(MEAN, before.ifLess(gradients, Terms.ZERO, mean));
    step.set(GRADIENTS, before.ifLess(gradients, Terms.ZERO, gradients));
    step.set(UPDATES, before.ifLess(gradients, updates, step.slot(UPDATES)));
    step.setWeight(before.ifLess(gradients, inner.weight(), w));
  }
}
