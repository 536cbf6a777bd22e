package dev.anneal.optimizers;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.optimizer.Slot;
import dev.anneal.api.optimizer.StepBuilder;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.api.schedule.Schedule;

/**
 * AdaBelief: Adam that divides by how far gradients lie from their mean, so that it strides where
 * they agree.
 *
 * <ul>
 *   <li>{@code m = m + (1 - beta_1) (g - m)}
 *   <li>{@code v = v + (1 - beta_2) ((g - m)^2 - v) + epsilon_root}, with the new m
 *   <li>{@code w = w - learning_rate / (1 - beta_1^s) * m / (sqrt(v / (1 - beta_2^s)) + epsilon)}
 * </ul>
 *
 * <p>{@code epsilon_root} is added to v at every step, and gathers there. The defaults are Optax's,
 * with the paper's rate.
 *
 * <p>Source: Zhuang et al., "AdaBelief optimizer: adapting stepsizes by the belief in observed
 * gradients", 2020; {@code adabelief} of Optax.
 */
@Plugin(
    name = "adabelief",
    summary = "Adam with the mean v of (g - m)^2",
    source = "Zhuang et al. 2020; Optax adabelief")
public record AdaBelief(
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
            byDefault = "1e-16",
            range = "[0, inf)",
            alias = "eps_root")
        Schedule epsilonRoot,
    @Param(value = "whether to look ahead, as Optax does", byDefault = "false") boolean nesterov,
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
    Expression b1 = step.hyperparameter(beta1);
    Expression b2 = step.hyperparameter(beta2);
    Expression m = Terms.mean(step.slot(M), b1, g);
    Expression v =
        Terms.meanOfSquares(step.slot(V), b2, g.minus(m)).plus(step.hyperparameter(epsilonRoot));
    step.set(M, m);
    step.set(V, v);
    Expression mean = Terms.correctedMean(step, m, b1, g, nesterov);
    Expression correction = Terms.correction(b2, step.number());
    Expression divisor = Terms.correctedRoot(v, correction, step.hyperparameter(epsilon));
    decay().move(step, step.learningRate().negate(), mean.dividedBy(divisor));
  }
}
