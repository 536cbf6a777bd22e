package dev.anneal.optimizers;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.optimizer.Slot;
import dev.anneal.api.optimizer.StepBuilder;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.api.schedule.Schedule;

/**
 * Adan: Adam that estimates Nesterov's look ahead from how the gradient changes.
 *
 * <p>With d the gradient less the previous one, 0 at the first step:
 *
 * <ul>
 *   <li>{@code m = m + (1 - beta_1) (g - m)} and {@code v = v + (1 - beta_2) (d - v)}
 *   <li>{@code n = n + (1 - beta_3) ((g + (1 - beta_2) d)^2 - n)}
 *   <li>{@code w = w - learning_rate (m' + (1 - beta_2) v') / (sqrt(n' + epsilon_root) + epsilon)},
 *       where each mean x is corrected, {@code x' = x / (1 - beta^s)}
 * </ul>
 *
 * <p>The betas are the parts kept, as in Optax; those of the paper are one less these. The authors'
 * code applies weight decay by dividing the weight by {@code 1 + learning_rate weight_decay}: the
 * same in the first order. The defaults are Optax's, with the authors' rate.
 *
 * <p>Source: Xie et al., "Adan: adaptive Nesterov momentum algorithm", 2022; {@code adan} of Optax.
 */
@Plugin(
    name = "adan",
    summary = "Adam with the differences of gradients as a momentum of Nesterov",
    source = "Xie et al. 2022; Optax adan")
public record Adan(
    @Param(value = "the size of a step", byDefault = "0.001", range = "[0, inf)", alias = "lr")
        Schedule learningRate,
    @Param(value = "the part of the mean of gradients kept", byDefault = "0.98", range = "[0, 1)")
        Schedule beta1,
    @Param(value = "the part of the mean of differences kept", byDefault = "0.92", range = "[0, 1)")
        Schedule beta2,
    @Param(value = "the part of the mean of squares kept", byDefault = "0.99", range = "[0, 1)")
        Schedule beta3,
    @Param(value = "what keeps the divisor from 0", byDefault = "1e-8", range = "(0, inf)")
        Schedule epsilon,
    @Param(
            value = "what is added within the root",
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
  private static final Slot N = new Slot("n");
  private static final Slot PREVIOUS = new Slot("gradient");

  private WeightDecay decay() {
    return WeightDecay.of(weightDecay, weightDecayForm, false);
  }

  @Override
  public void step(StepBuilder step) {
    Expression g = decay().gradient(step);
    Expression s = step.number();
    Expression b1 = step.hyperparameter(beta1);
    Expression b2 = step.hyperparameter(beta2);
    Expression b3 = step.hyperparameter(beta3);
    Expression part = Terms.ONE.minus(b2);
    Expression d = s.ifLess(Terms.TWO, Terms.ZERO, g.minus(step.slot(PREVIOUS)));
    Expression m = Terms.mean(step.slot(M), b1, g);
    Expression v = Terms.mean(step.slot(V), b2, d);
    Expression n = Terms.meanOfSquares(step.slot(N), b3, part.fma(d, g));
    step.set(M, m);
    step.set(V, v);
    step.set(N, n);
    step.set(PREVIOUS, g);
    Expression direction =
        Terms.ONE
            .dividedBy(Terms.correction(b1, s))
            .fma(m, part.dividedBy(Terms.correction(b2, s)).times(v));
    Expression square =
        Terms.ONE.dividedBy(Terms.correction(b3, s)).fma(n, step.hyperparameter(epsilonRoot));
    Expression divisor = square.sqrt().plus(step.hyperparameter(epsilon));
    decay().move(step, step.learningRate().negate(), direction.dividedBy(divisor));
  }
}
