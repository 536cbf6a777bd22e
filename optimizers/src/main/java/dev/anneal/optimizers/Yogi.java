package dev.anneal.optimizers;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.optimizer.Slot;
import dev.anneal.api.optimizer.StepBuilder;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.api.schedule.Schedule;

/**
 * Yogi: Adam whose v falls slowly, in steps of the size of the squared gradient.
 *
 * <ul>
 *   <li>{@code m = m + (1 - beta_1) (g - m)}
 *   <li>{@code v = v - (1 - beta_2) sign(v - g^2) g^2}
 *   <li>{@code w = w - learning_rate / (1 - beta_1^s) * m / (sqrt(v / (1 - beta_2^s)) + epsilon)}
 * </ul>
 *
 * <p>As in Optax, m starts at {@code initial_accumulator} too: a weight whose gradient is always 0
 * moves a little at first. The defaults are Optax's, with the paper's rate.
 *
 * <p>Source: Zaheer et al., "Adaptive methods for nonconvex optimization", 2018; {@code yogi} of
 * Optax.
 */
@Plugin(
    name = "yogi",
    summary = "Adam with v = v - (1 - beta_2) sign(v - g^2) g^2",
    source = "Zaheer et al. 2018; Optax yogi")
public record Yogi(
    @Param(value = "the size of a step", byDefault = "0.01", range = "[0, inf)", alias = "lr")
        Schedule learningRate,
    @Param(value = "the part of the mean of gradients kept", byDefault = "0.9", range = "[0, 1)")
        Schedule beta1,
    @Param(
            value = "how slowly the measure of squared gradients follows",
            byDefault = "0.999",
            range = "[0, 1)")
        Schedule beta2,
    @Param(value = "what keeps the divisor from 0", byDefault = "0.001", range = "(0, inf)")
        Schedule epsilon,
    @Param(value = "where both means start", byDefault = "1e-6", range = "[0, inf)")
        double initialAccumulator,
    @Param(
            value = "how strongly weights are pulled towards 0",
            byDefault = "0",
            range = "[0, inf)",
            unusedAtZero = true)
        Schedule weightDecay,
    @Param(value = "how weight decay is applied", byDefault = "native")
        WeightDecayForm weightDecayForm)
    implements Optimizer {
  private static final String M = "m";
  private static final String V = "v";

  private Slot m() {
    return new Slot(M, initialAccumulator);
  }

  private Slot v() {
    return new Slot(V, initialAccumulator);
  }

  private WeightDecay decay() {
    return WeightDecay.of(weightDecay, weightDecayForm, false);
  }

  @Override
  public void step(StepBuilder step) {
    Expression g = decay().gradient(step);
    Expression b1 = step.hyperparameter(beta1);
    Expression b2 = step.hyperparameter(beta2);
    Expression v = step.slot(v());
    Expression m = Terms.mean(step.slot(m()), b1, g);
    Expression side = Terms.sign(g.negate().fma(g, v));
    v = Terms.ONE.minus(b2).negate().fma(side.times(g.times(g)), v);
    step.set(m(), m);
    step.set(v(), v);
    Expression size = step.learningRate().dividedBy(Terms.correction(b1, step.number()));
    Expression correction = Terms.correction(b2, step.number());
    Expression divisor = Terms.correctedRoot(v, correction, step.hyperparameter(epsilon));
    decay().move(step, size.negate(), m.dividedBy(divisor));
  }
}
