package dev.anneal.optimizers;

import dev.anneal.api.InputException;
import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.Hyperparameter;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.optimizer.Slot;
import dev.anneal.api.optimizer.StepBuilder;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Parameters;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.api.schedule.Schedule;
import java.util.List;

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
 *
 * @param learningRate the size of a step; a constant lies in [0, inf)
 * @param beta1 the part of the fast mean of gradients kept; a constant lies in [0, 1)
 * @param beta2 the part of the mean of squared gradients kept; a constant lies in [0, 1)
 * @param beta3 the part of the slow mean of gradients kept; a constant lies in [0, 1)
 * @param alpha the weight of the slow mean; a constant lies in [0, inf)
 * @param epsilon what keeps the divisor from 0; a constant lies in (0, inf)
 * @param weightDecay how strongly weights are pulled towards 0; a constant lies in [0, inf)
 * @param weightDecayForm the form of weight decay, by default decoupled
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
    @Param(value = "how strongly weights are pulled towards 0", byDefault = "0", range = "[0, inf)")
        Schedule weightDecay,
    @Param(value = "how weight decay is applied", byDefault = "native")
        WeightDecayForm weightDecayForm)
    implements Optimizer {
  private static final String BETA_1 = "beta_1";
  private static final String BETA_2 = "beta_2";
  private static final String BETA_3 = "beta_3";
  private static final String ALPHA = "alpha";
  private static final String EPSILON = "epsilon";
  private static final Slot FAST = new Slot("m");
  private static final Slot SLOW = new Slot("o");
  private static final Slot V = new Slot("v");

  /**
   * Checks the ranges.
   *
   * @throws InputException if a parameter is out of range
   */
  public AdEMAMix {
    Parameters.check(
        AdEMAMix.class,
        learningRate,
        beta1,
        beta2,
        beta3,
        alpha,
        epsilon,
        weightDecay,
        weightDecayForm);
  }

  @Override
  public List<Hyperparameter> hyperparameters() {
    return decay()
        .after(
            new Hyperparameter(LEARNING_RATE, learningRate),
            new Hyperparameter(BETA_1, beta1),
            new Hyperparameter(BETA_2, beta2),
            new Hyperparameter(BETA_3, beta3),
            new Hyperparameter(ALPHA, alpha),
            new Hyperparameter(EPSILON, epsilon));
  }

  @Override
  public AdEMAMix withLearningRate(Schedule schedule) {
    return new AdEMAMix(
        schedule, beta1, beta2, beta3, alpha, epsilon, weightDecay, weightDecayForm);
  }

  private WeightDecay decay() {
    return WeightDecay.of(weightDecay, weightDecayForm, false);
  }

  @Override
  public void step(StepBuilder step) {
    Expression g = decay().gradient(step);
    Expression b1 = step.hyperparameter(BETA_1);
    Expression b2 = step.hyperparameter(BETA_2);
    Expression fast = RuleExpressions.mean(step.slot(FAST), b1, g);
    Expression slow = RuleExpressions.mean(step.slot(SLOW), step.hyperparameter(BETA_3), g);
    Expression v = RuleExpressions.meanOfSquares(step.slot(V), b2, g);
    step.set(FAST, fast);
    step.set(SLOW, slow);
    step.set(V, v);
    Expression mean = RuleExpressions.correctedMean(step, fast, b1, g, false);
    Expression correction = RuleExpressions.correction(b2, step.number());
    Expression divisor = RuleExpressions.correctedRoot(v, correction, step.hyperparameter(EPSILON));
    Expression direction = step.hyperparameter(ALPHA).fma(slow, mean).dividedBy(divisor);
    decay().move(step, step.hyperparameter(LEARNING_RATE).negate(), direction);
  }
}
