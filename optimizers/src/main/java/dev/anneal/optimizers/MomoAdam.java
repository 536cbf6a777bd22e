package dev.anneal.optimizers;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.optimizer.Slot;
import dev.anneal.api.optimizer.StepBuilder;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.api.schedule.Schedule;

/**
 * MoMo-Adam: Adam with Polyak's step for a model of the loss that its means make.
 *
 * <p>With running means that begin at 0, of the loss f, of g as m, of g^2 as v, and of {@code <g,
 * w>} as p; {@code c1 = 1 - beta_1^s}, {@code d = m / (sqrt(v / (1 - beta_2^s)) + epsilon)}; sums
 * are over all parameters that the optimizer has, and {@code a = 1 + learning_rate weight_decay}:
 *
 * <ul>
 *   <li>{@code size = min(learning_rate / c1, max(a (f - c1 lowest - p) + <m, w>, 0) / <m, d>)},
 *       and 0 where {@code <m, d>} is below 2.2e-16
 *   <li>{@code w = w / a - size d}
 * </ul>
 *
 * <p>{@code adaptive} is as in MoMo. The size is reported as {@code step_size}.
 *
 * <p>Source: Schaipp, Ohana, Eickenberg, Defazio and Gower, "MoMo: momentum models for adaptive
 * learning rates", 2024; momo_adam of Optax.
 */
@Plugin(
    name = "momo-adam",
    summary =
        "w = w - min(learning_rate, (f - lowest + <m, w> - p) / <m, d>) * d, with the d of Adam",
    source = "Schaipp et al. 2024; Optax momo_adam")
public record MomoAdam(
    @Param(
            value = "the largest size of a step",
            byDefault = "0.01",
            range = "[0, inf)",
            alias = "lr")
        Schedule learningRate,
    @Param(
            value = "the part of the means of loss and gradients kept",
            byDefault = "0.9",
            range = "[0, 1)")
        Schedule beta1,
    @Param(
            value = "the part of the mean of squared gradients kept",
            byDefault = "0.999",
            range = "[0, 1)")
        Schedule beta2,
    @Param(value = "what keeps the divisor from 0", byDefault = "1e-8", range = "(0, inf)")
        Schedule epsilon,
    @Param(value = "the least loss that can be", byDefault = "0", alias = "lower_bound")
        double lowest,
    @Param(
            value = "whether the least loss is estimated",
            byDefault = "false",
            alias = "adapt_lower_bound")
        boolean adaptive,
    @Param(
            value = "how strongly weights are pulled towards 0",
            byDefault = "0",
            range = "[0, inf)",
            unusedAtZero = true)
        Schedule weightDecay)
    implements Optimizer {
  private static final Slot M = new Slot("m");
  private static final Slot V = new Slot("v");

  private WeightDecay pull() {
    return WeightDecay.of(weightDecay, WeightDecayForm.DECOUPLED, false);
  }

  @Override
  public void step(StepBuilder step) {
    Expression g = step.gradient();
    Expression b1 = step.hyperparameter(beta1);
    Expression b2 = step.hyperparameter(beta2);
    Expression m = Terms.mean(step.slot(M), b1, g);
    Expression v = Terms.meanOfSquares(step.slot(V), b2, g);
    step.set(M, m);
    step.set(V, v);
    Expression divisor =
        Terms.correctedRoot(v, Terms.correction(b2, step.number()), step.hyperparameter(epsilon));
    new LossModel(lowest, adaptive)
        .step(step, pull(), b1, Terms.correction(b1, step.number()), m, m.dividedBy(divisor));
  }
}
