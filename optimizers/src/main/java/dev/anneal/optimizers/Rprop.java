package dev.anneal.optimizers;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.optimizer.Slot;
import dev.anneal.api.optimizer.StepBuilder;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.api.schedule.Schedule;

/**
 * Resilient propagation: each weight has a step of its own, which grows while its gradient keeps
 * its sign and shrinks when that changes. For full batches: the signs of small ones are noise.
 *
 * <ul>
 *   <li>same sign as before: the step is multiplied by {@code grow}, other sign: by {@code shrink};
 *       the result is held within {@code min_step} and {@code max_step}
 *   <li>{@code w = w - step * sign(g)}; where the sign has changed the weight stays, and the next
 *       step counts as the first
 * </ul>
 *
 * <p>What is kept is the step over the learning rate, so a schedule scales all steps, and they are
 * those of PyTorch while the rate is constant and at least {@code min_step}, which keeps a step
 * from shrinking but does not make one larger. (PyTorch reads the rate once. Optax at the time of
 * writing applies the update of the step before; this is PyTorch's rule.)
 *
 * <p>Source: Riedmiller and Braun, "A direct adaptive method for faster backpropagation learning",
 * 1993; Rprop of PyTorch.
 */
@Plugin(
    name = "rprop",
    summary = "a step of its own for each weight, by the sign of its gradient alone",
    source = "Riedmiller and Braun 1993; PyTorch Rprop")
public record Rprop(
    @Param(
            value = "the size of the first step",
            byDefault = "0.01",
            range = "[0, inf)",
            alias = "lr")
        Schedule learningRate,
    @Param(
            value = "the factor of the step where the sign changes",
            byDefault = "0.5",
            range = "(0, 1)")
        Schedule shrink,
    @Param(
            value = "the factor of the step where the sign stays",
            byDefault = "1.2",
            range = "[1, inf)")
        Schedule grow,
    @Param(value = "the smallest step", byDefault = "1e-6", range = "[0, inf)") Schedule minStep,
    @Param(value = "the largest step", byDefault = "50", range = "(0, inf)") Schedule maxStep)
    implements Optimizer {
  private static final Slot STEP = new Slot("step", 1);
  private static final Slot SIGN = new Slot("sign");

  @Override
  public void step(StepBuilder step) {
    Expression rate = step.learningRate();
    Expression divisor = rate.max(Terms.SMALLEST_RATE);
    Expression least = step.hyperparameter(minStep).dividedBy(divisor);
    Expression most = step.hyperparameter(maxStep).dividedBy(divisor);
    Expression sign = Terms.sign(step.gradient());
    Expression turn = sign.times(step.slot(SIGN));
    Expression factor =
        Terms.ZERO.ifLess(
            turn,
            step.hyperparameter(grow),
            turn.ifLess(Terms.ZERO, step.hyperparameter(shrink), Terms.ONE));
    Expression before = step.slot(STEP);
    // The lower bound never raises a step: after a rate of next to nothing it would be far too
    // large.
    Expression size = before.times(factor).min(most).max(before.min(least));
    Expression direction = turn.ifLess(Terms.ZERO, Terms.ZERO, sign);
    step.set(STEP, size);
    step.set(SIGN, direction);
    step.setWeight(rate.times(size).negate().fma(direction, step.weight()));
  }
}
