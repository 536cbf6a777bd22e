package dev.anneal.optimizers;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.optimizer.Slot;
import dev.anneal.api.optimizer.StepBuilder;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.api.schedule.Schedule;

/**
 * AdEMAMix: Adam with a second mean of gradients that remembers ten thousand steps.
 *
 * <ul>
 *   <li>{@code m = m + (1 - beta_1) (g - m)} and {@code o = o + (1 - beta_3) (g - o)}
 *   <li>{@code v = v + (1 - beta_2) (g^2 - v)}
 *   <li>{@code w = w - learning_rate (m / c1 + alpha o) / (sqrt(v / c2) + epsilon)}, with c1 and c2
 *       as in {@link Adam}; o is not corrected
 * </ul>
 *
 * <p>The paper lets alpha rise from 0, and beta_3 from beta_1: give them schedules. In a run much
 * shorter than 10,000 steps a smaller beta_3 does better. The defaults are Optax's, with Adam's
 * rate.
 *
 * <p>Source: Pagliardini, Ablin and Grangier, "The AdEMAMix optimizer: better, faster, older",
 * 2024; {@code ademamix} of Optax.
 */
@Plugin(
    name = "ademamix",
    summary = "Adam with a second, slow mean of gradients",
    source = "Pagliardini, Ablin and Grangier 2024; Optax ademamix")
public record AdEMAMix(
    @Param(value = "the size of a step", byDefault = "0.001", range = "[0, inf)", alias = "lr")
        Schedule learningRate,
    @Param(
            value = "the part of the fast mean of gradients kept",
            byDefault = "0.9",
            range = "[0, 1)")
        Schedule beta1,
    @Param(
            value = "the part of the mean of squared gradients kept",
            byDefault = "0.999",
            range = "[0, 1)")
        Schedule beta2,
    @Param(
            value = "the part of the slow mean of gradients kept",
            byDefault = "0.9999",
            range = "[0, 1)")
        Schedule beta3,
    @Param(value = "the weight of the slow mean", byDefault = "5", range = "[0, inf)")
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
  private static final Slot FAST = new Slot("m");
  private static final Slot SLOW = new Slot("o");
  private static final Slot V = new Slot("v");

  private WeightDecay decay() {
    return WeightDecay.of(weightDecay, weightDecayForm, false);
  }

  @Override
  public void step(StepBuilder step) {
    Expression g = decay().gradient(step);
    Expression b1 = step.hyperparameter(beta1);
    Expression b2 = step.hyperparameter(beta2);
    Expression fast = Terms.mean(step.slot(FAST), b1, g);
    Expression slow = Terms.mean(step.slot(SLOW), step.hyperparameter(beta3), g);
    Expression v = Terms.meanOfSquares(step.slot(V), b2, g);
    step.set(FAST, fast);
    step.set(SLOW, slow);
    step.set(V, v);
    Expression mean = Terms.correctedMean(step, fast, b1, g, false);
    Expression correction = Terms.correction(b2, step.number());
    Expression divisor = Terms.correctedRoot(v, correction, step.hyperparameter(epsilon));
    Expression direction = step.hyperparameter(alpha).fma(slow, mean).dividedBy(divisor);
    decay().move(step, step.learningRate().negate(), direction);
  }
}
