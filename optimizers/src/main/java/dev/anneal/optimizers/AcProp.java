package dev.anneal.optimizers;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.optimizer.Slot;
import dev.anneal.api.optimizer.StepBuilder;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.api.schedule.Schedule;

/**
 * ACProp: the gradient, without momentum, over how far earlier gradients lay from their mean. The
 * divisor does not know this gradient, so a surprise is not damped by itself.
 *
 * <ul>
 *   <li>{@code w = w - learning_rate g / (sqrt(v / (1 - beta_2^(s - 1))) + epsilon)} at step s,
 *       with the old v; at the first step {@code g / (1 + epsilon)}
 *   <li>{@code v = v + (1 - beta_2) ((g - m)^2 - v) + epsilon_root}, with the old m
 *   <li>{@code m = m + (1 - beta_1) (g - m)}, afterwards
 * </ul>
 *
 * <p>In the paper v has the new m, which makes it {@code beta_1^2} times as large; this is Optax's
 * rule, with the rate of {@link AdaBelief}. {@code epsilon_root} gathers in v. Optax's is 1e-16, by
 * which a weight that has had no gradient is divided by 3e-7 at its first one, and goes far: with
 * pixels that are mostly 0 training diverges. Ours makes that 0.003.
 *
 * <p>Source: Zhuang et al., "Momentum centering and asynchronous update for adaptive gradient
 * methods", 2021; {@code acprop} of Optax.
 */
@Plugin(
    name = "acprop",
    summary = "w = w - learning_rate * g / (sqrt(v) + epsilon), with the old mean v of (g - m)^2",
    source = "Zhuang et al. 2021; Optax acprop")
public record AcProp(
    @Param(value = "the size of a step", byDefault = "0.001", range = "[0, inf)", alias = "lr")
        Schedule learningRate,
    @Param(value = "the part of the mean of gradients kept", byDefault = "0.9", range = "[0, 1)")
        Schedule beta1,
    @Param(
            value = "the part of the mean of squared surprises kept",
            byDefault = "0.999",
            range = "[0, 1)")
        Schedule beta2,
    @Param(value = "what keeps the divisor from 0", byDefault = "1e-16", range = "(0, inf)")
        Schedule epsilon,
    @Param(
            value = "what is added to the mean of squares at each step",
            byDefault = "1e-8",
            range = "[0, inf)",
            alias = "eps_root")
        Schedule epsilonRoot,
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
    Expression b2 = step.hyperparameter(beta2);
    Expression m = step.slot(M);
    Expression v = step.slot(V);
    // A corrected mean of 1 stands in for the one before the first step.
    Expression before = s.ifLess(Terms.TWO, Terms.ONE, v);
    Expression correction =
        s.ifLess(Terms.TWO, Terms.ONE, Terms.correction(b2, s.minus(Terms.ONE)));
    Expression divisor = Terms.correctedRoot(before, correction, step.hyperparameter(epsilon));
    step.set(V, Terms.meanOfSquares(v, b2, g.minus(m)).plus(step.hyperparameter(epsilonRoot)));
    step.set(M, Terms.mean(m, step.hyperparameter(beta1), g));
    decay().move(step, step.learningRate().negate(), g.dividedBy(divisor));
  }
}
