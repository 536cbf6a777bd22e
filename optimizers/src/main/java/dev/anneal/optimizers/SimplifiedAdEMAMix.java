package dev.anneal.optimizers;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.optimizer.Slot;
import dev.anneal.api.optimizer.StepBuilder;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.api.schedule.Schedule;

/**
 * {@link AdEMAMix} with one momentum: a slow sum of gradients, and the gradient itself in the place
 * of the fast mean.
 *
 * <ul>
 *   <li>{@code m = beta_1 m + g} and {@code v = v + (1 - beta_2) (g^2 - v)}
 *   <li>{@code w = w - learning_rate (m + alpha g) / (sqrt(v / (1 - beta_2^s)) + epsilon)}
 * </ul>
 *
 * <p>m is a sum, {@code 1 / (1 - beta_1)} times a mean: the rate is as many times smaller than
 * Adam's, and so is our default. The other defaults are Optax's.
 *
 * <p>Source: Morwani et al., "Connections between schedule-free optimizers, AdEMAMix, and
 * accelerated SGD variants", 2025; {@code simplified_ademamix} of Optax.
 */
@Plugin(
    name = "simplified-ademamix",
    summary = "w = w - learning_rate * (m + alpha * g) / (sqrt(v) + epsilon), with a sum m of g",
    source = "Morwani et al. 2025; Optax simplified_ademamix")
public record SimplifiedAdEMAMix(
    @Param(value = "the size of a step", byDefault = "1e-5", range = "[0, inf)", alias = "lr")
        Schedule learningRate,
    @Param(value = "the part of the sum of gradients kept", byDefault = "0.99", range = "[0, 1)")
        Schedule beta1,
    @Param(
            value = "the part of the mean of squared gradients kept",
            byDefault = "0.95",
            range = "[0, 1)")
        Schedule beta2,
    @Param(
            value = "the weight of the gradient beside the sum",
            byDefault = "0",
            range = "[0, inf)",
            unusedAtZero = true)
        Schedule alpha,
    @Param(value = "what keeps the divisor from 0", byDefault = "1e-8", range = "(0, inf)")
        Schedule epsilon,
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
    Expression b2 = step.hyperparameter(beta2);
    Expression m = step.hyperparameter(beta1).fma(step.slot(M), g);
    Expression v = Terms.meanOfSquares(step.slot(V), b2, g);
    step.set(M, m);
    step.set(V, v);
    Expression mixed = Terms.isZero(alpha) ? m : step.hyperparameter(alpha).fma(g, m);
    Expression divisor =
        Terms.correctedRoot(v, Terms.correction(b2, step.number()), step.hyperparameter(epsilon));
    decay().move(step, step.learningRate().negate(), mixed.dividedBy(divisor));
  }
}
