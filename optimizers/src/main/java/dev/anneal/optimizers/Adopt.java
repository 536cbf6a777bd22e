package dev.anneal.optimizers;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.optimizer.Slot;
import dev.anneal.api.optimizer.StepBuilder;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.api.schedule.Schedule;

/**
 * ADOPT: Adam that divides each gradient by the root of the mean before it, then averages.
 *
 * <ul>
 *   <li>the first step stores {@code v = g^2}, and moves nothing
 *   <li>{@code d = g / max(sqrt(v), epsilon)} with the old v; {@code clipping} bounds it by {@code
 *       (s - 1)^(1/4)} at step s
 *   <li>{@code m = m + (1 - beta_1) (d - m)} and {@code v = v + (1 - beta_2) (g^2 - v)}
 *   <li>{@code w = w - learning_rate m}; with {@code nesterov}, d goes into m once more for the
 *       step
 * </ul>
 *
 * <p>There is no correction of means. A weight whose first gradient is 0 is divided by epsilon: it
 * is clipping that saves it. The defaults are Optax's, with Adam's rate.
 *
 * <p>Source: Taniguchi et al., "ADOPT: modified Adam can converge with any beta_2 with the optimal
 * rate", 2024; {@code adopt} of Optax.
 */
@Plugin(
    name = "adopt",
    summary = "Adam that divides by the root of v before it has seen this gradient",
    source = "Taniguchi et al. 2024; Optax adopt")
public record Adopt(
    @Param(value = "the size of a step", byDefault = "0.001", range = "[0, inf)", alias = "lr")
        Schedule learningRate,
    @Param(value = "the part of the mean of gradients kept", byDefault = "0.9", range = "[0, 1)")
        Schedule beta1,
    @Param(
            value = "the part of the mean of squared gradients kept",
            byDefault = "0.9999",
            range = "[0, 1)")
        Schedule beta2,
    @Param(value = "what keeps the divisor from 0", byDefault = "1e-6", range = "(0, inf)")
        Schedule epsilon,
    @Param(
            value = "whether the gradient over its root is clipped, less and less",
            byDefault = "true")
        boolean clipping,
    @Param(value = "whether to look ahead", byDefault = "false") boolean nesterov,
    @Param(
            value = "how strongly weights are pulled towards 0",
            byDefault = "0",
            range = "[0, inf)",
            unusedAtZero = true)
        Schedule weightDecay,
    @Param(value = "how weight decay is applied", byDefault = "native")
        WeightDecayForm weightDecayForm)
    implements Optimizer {
  private static final Slot M = new Slot("m");
  private static final Slot V = new Slot("v");

  private WeightDecay decay() {
    return WeightDecay.of(weightDecay, weightDecayForm, false);
  }

  @Override
  public void step(StepBuilder step) {
    Expression g = decay().gradient(step);
    Expression s = step.number();
    Expression m = step.slot(M);
    Expression v = step.slot(V);
    Expression b1 = step.hyperparameter(beta1);
    Expression d = g.dividedBy(v.sqrt().max(step.hyperparameter(epsilon)));
    if (clipping) {
      Expression bound = s.minus(Terms.ONE).power(Expression.of(0.25));
      d = d.min(bound).max(bound.negate());
    }
    d = s.ifLess(Terms.TWO, Terms.ZERO, d);
    m = Terms.mean(m, b1, d);
    Expression kept = s.ifLess(Terms.TWO, Terms.ZERO, step.hyperparameter(beta2));
    step.set(M, m);
    step.set(V, Terms.meanOfSquares(v, kept, g));
    Expression direction = nesterov ? Terms.mean(m, b1, d) : m;
    decay().move(step, step.learningRate().negate(), direction);
  }
}
