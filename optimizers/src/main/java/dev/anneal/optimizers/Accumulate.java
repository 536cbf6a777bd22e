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
 *   <li>{@code mean = mean + n / N (g - mean)} at a gradient of n samples, N of them since the last
 *       step
 *   <li>at the {@code steps}-th gradient, and at the last one of the run, the other optimizer takes
 *       its step along the mean; its weights, its state and the number of its step change only then
 * </ul>
 *
 * <p>So the last batch of an epoch counts by its samples, and k batches are the batch k times as
 * large. Optax and Keras let it count like the others, and drop the gradients that are too few for
 * a step when the run ends, as is done here if it is stopped before its planned end.
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
  private static final Slot SEEN = new Slot("seen", Granularity.GROUP, 0);
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
  public long batches() {
    return steps * optimizer.batches();
  }

  @Override
  public void step(StepBuilder step) {
    Expression gradients = step.slot(GRADIENTS).plus(1);
    Expression seen = step.slot(SEEN).plus(step.samples());
    Expression updates = step.slot(UPDATES).plus(1);
    Expression due = Expression.of(steps - 1).ifLess(gradients, Terms.ONE, step.last());
    Expression w = step.weight();
    Expression before = step.slot(MEAN);
    Expression part = step.samples().dividedBy(seen);
    Expression mean = part.fma(step.gradient().minus(before), before);
    StepBuilder.Inner inner = step.inner(optimizer, w, mean, updates);
    inner.storeIfLess(Terms.ZERO, due);
    step.set(MEAN, Terms.ZERO.ifLess(due, Terms.ZERO, mean));
    step.set(GRADIENTS, Terms.ZERO.ifLess(due, Terms.ZERO, gradients));
    step.set(SEEN, Terms.ZERO.ifLess(due, Terms.ZERO, seen));
    step.set(UPDATES, Terms.ZERO.ifLess(due, updates, step.slot(UPDATES)));
    step.setWeight(Terms.ZERO.ifLess(due, inner.weight(), w));
  }
}
