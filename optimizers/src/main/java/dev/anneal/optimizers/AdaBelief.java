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
 *
 * @param learningRate the size of a step; a constant lies in [0, inf)
 * @param beta1 the part of the mean of gradients kept; a constant lies in [0, 1)
 * @param beta2 the part of the mean of squared surprises kept; a constant lies in [0, 1)
 * @param epsilon what keeps the divisor from 0; a constant lies in (0, inf)
 * @param epsilonRoot what is added to the mean of squares at each step; a constant lies in [0, inf)
 * @param nesterov whether to look ahead, as Optax does
 * @param weightDecay how strongly weights are pulled towards 0; a constant lies in [0, inf)
 * @param weightDecayForm the form of weight decay, by default decoupled
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
    @Param(value = "how strongly weights are pulled towards 0", byDefault = "0", range = "[0, inf)")
        Schedule weightDecay,
    @Param(value = "how weight decay is applied", byDefault = "native")
        WeightDecayForm weightDecayForm)
    implements Optimizer {
  private static final String BETA_1 = "beta_1";
  private static final String BETA_2 = "beta_2";
  private static final String EPSILON = "epsilon";
  private static final String EPSILON_ROOT = "epsilon_root";
  private static final Slot M = new Slot("m");
  private static final Slot V = new Slot("v");

  /**
   * Checks the ranges.
   *
   * @throws InputException if a parameter is out of range
   */
  public AdaBelief {
    Parameters.check(
        AdaBelief.class,
        learningRate,
        beta1,
        beta2,
        epsilon,
        epsilonRoot,
        nesterov,
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
            new Hyperparameter(EPSILON, epsilon),
            new Hyperparameter(EPSILON_ROOT, epsilonRoot));
  }

  @Override
  public AdaBelief withLearningRate(Schedule schedule) {
    return new AdaBelief(
        schedule, beta1, beta2, epsilon, epsilonRoot, nesterov, weightDecay, weightDecayForm);
  }

  private WeightDecay decay() {
    return WeightDecay.of(weightDecay, weightDecayForm, false);
  }

  @Override
  public void step(StepBuilder step) {
    Expression g = decay().gradient(step);
    Expression b1 = step.hyperparameter(BETA_1);
    Expression b2 = step.hyperparameter(BETA_2);
    Expression m = RuleExpressions.mean(step.slot(M), b1, g);
    Expression v = RuleExpressions.meanOfSquares(step.slot(V), b2, g.minus(m)).plus(step.hyperparameter(EPSILON_ROOT));
    step.set(M, m);
    step.set(V, v);
    Expression mean = RuleExpressions.correctedMean(step, m, b1, g, nesterov);
    Expression correction = RuleExpressions.correction(b2, step.number());
    Expression divisor = RuleExpressions.correctedRoot(v, correction, step.hyperparameter(EPSILON));
    decay().move(step, step.hyperparameter(LEARNING_RATE).negate(), mean.dividedBy(divisor));
  }
}
