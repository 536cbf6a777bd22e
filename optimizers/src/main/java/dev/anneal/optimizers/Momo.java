package dev.anneal.optimizers;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.optimizer.Slot;
import dev.anneal.api.optimizer.StepBuilder;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.api.schedule.Schedule;

/**
 * MoMo: descent along a mean of gradients, with Polyak's step for a model of the loss that the same
 * mean makes.
 *
 * <p>With running means that begin as the first value, of the loss f, of g as m, and of {@code <g,
 * w>} as p; sums are over all parameters that the optimizer has, and {@code a = 1 + learning_rate
 * weight_decay}:
 *
 * <ul>
 *   <li>{@code size = min(learning_rate, max(a (f - lowest - p) + <m, w>, 0) / |m|^2)}, and 0 where
 *       {@code |m|^2} is below 2.2e-16
 *   <li>{@code w = w / a - size m}
 * </ul>
 *
 * <p>With {@code adaptive} the least loss is estimated: where the model falls below it, it becomes
 * half of what would be 0, and after each step {@code f + <m, w> - p - size |m|^2 / 2}, never less
 * than {@code lowest}. The size is reported as {@code step_size}.
 *
 * <p>Source: Schaipp, Ohana, Eickenberg, Defazio and Gower, "MoMo: momentum models for adaptive
 * learning rates", 2024; momo of Optax.
 */
@Plugin(
    name = "momo",
    summary =
        "w = w - min(learning_rate, (f - lowest + <m, w> - p) / |m|^2) * m, with means f, m, p",
    source = "Schaipp et al. 2024; Optax momo")
public record Momo(
    @Param(value = "the largest size of a step", byDefault = "1", range = "[0, inf)", alias = "lr")
        Schedule learningRate,
    @Param(value = "the part of the means kept", byDefault = "0.9", range = "[0, 1)") Schedule beta,
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

  private WeightDecay pull() {
    return WeightDecay.of(weightDecay, WeightDecayForm.DECOUPLED, false);
  }

  @Override
  public void step(StepBuilder step) {
    Expression kept = step.number().ifLess(Terms.TWO, Terms.ZERO, step.hyperparameter(beta));
    Expression m = Terms.mean(step.slot(M), kept, step.gradient());
    step.set(M, m);
    new LossModel(lowest, adaptive).step(step, pull(), kept, Terms.ONE, m, m);
  }
}
