package dev.anneal.optimizers;

import dev.anneal.api.InputException;
import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.Granularity;
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
 * Nadam: Adam that looks ahead, as Nesterov's momentum does.
 *
 * <p>In Keras and PyTorch the momentum rises from about half of beta_1. At step s counted from 1:
 *
 * <ul>
 *   <li>{@code mu(s) = beta_1 (1 - 0.96^(momentum_decay s) / 2)}, and {@code P(s) = mu(1) ...
 *       mu(s)}
 *   <li>{@code n = mu(s+1) m / (1 - P(s+1)) + (1 - mu(s)) g / (1 - P(s))}, with m and v as in Adam
 *   <li>{@code w = w - learning_rate n / (sqrt(v / (1 - beta_2^s)) + epsilon)}
 * </ul>
 *
 * <p>Optax has no such rise: {@code n = beta_1 m / (1 - beta_1^(s+1)) + (1 - beta_1) g / (1 -
 * beta_1^s)}; {@code momentum_decay} changes nothing there.
 *
 * <p>Keras has {@code momentum_decay} fixed to 1, our default; PyTorch's is 0.004, for which the
 * momentum stays near half of beta_1 for hundreds of steps. PyTorch 1 had {@code mu(s)} twice in
 * {@code P(s+1)}: this is the rule of version 2. Where a schedule drives the momentum, {@code
 * mu(s+1)} is an estimate from the values at step s.
 *
 * <p>Source: Dozat, "Incorporating Nesterov momentum into Adam", 2016; Nadam of Keras 3; NAdam of
 * PyTorch 2.
 *
 * @param learningRate the size of a step; a constant lies in [0, inf)
 * @param beta1 the part of the mean of gradients kept; a constant lies in [0, 1)
 * @param beta2 the part of the mean of squared gradients kept; a constant lies in [0, 1)
 * @param epsilon what keeps the divisor from 0; a constant lies in (0, inf)
 * @param momentumDecay how fast the momentum comes to beta_1; a constant lies in [0, inf)
 * @param weightDecay how strongly weights are pulled towards 0; a constant lies in [0, inf)
 * @param weightDecayForm the form of weight decay, by default that of the dialect
 * @param dialect whose form of the rule
 */
@Plugin(
    name = "nadam",
    summary = "Adam with the momentum of Nesterov",
    source = "Dozat 2016; Keras Nadam")
public record Nadam(
    @Param(value = "the size of a step", byDefault = "0.001", range = "[0, inf)", alias = "lr")
        Schedule learningRate,
    @Param(value = "the part of the mean of gradients kept", byDefault = "0.9", range = "[0, 1)")
        Schedule beta1,
    @Param(
            value = "the part of the mean of squared gradients kept",
            byDefault = "0.999",
            range = "[0, 1)")
        Schedule beta2,
    @Param(value = "what keeps the divisor from 0", byDefault = "1e-7", range = "(0, inf)")
        Schedule epsilon,
    @Param(value = "how fast the momentum comes to beta_1", byDefault = "1", range = "[0, inf)")
        Schedule momentumDecay,
    @Param(value = "how strongly weights are pulled towards 0", byDefault = "0", range = "[0, inf)")
        Schedule weightDecay,
    @Param(value = "how weight decay is applied", byDefault = "native")
        WeightDecayForm weightDecayForm,
    @Param(value = "whose form of the rule", byDefault = "keras") Dialect dialect)
    implements Optimizer {
  private static final String BETA_1 = "beta_1";
  private static final String BETA_2 = "beta_2";
  private static final String EPSILON = "epsilon";
  private static final String MOMENTUM_DECAY = "momentum_decay";
  private static final Slot M = new Slot("m");
  private static final Slot V = new Slot("v");
  private static final Slot PRODUCT = new Slot("momentum_product", Granularity.GROUP, 1);

  /**
   * Checks the ranges.
   *
   * @throws InputException if a parameter is out of range
   */
  public Nadam {
    Parameters.check(
        Nadam.class,
        learningRate,
        beta1,
        beta2,
        epsilon,
        momentumDecay,
        weightDecay,
        weightDecayForm,
        dialect);
  }

  @Override
  public List<Hyperparameter> hyperparameters() {
    return decay()
        .after(
            new Hyperparameter(LEARNING_RATE, learningRate),
            new Hyperparameter(BETA_1, beta1),
            new Hyperparameter(BETA_2, beta2),
            new Hyperparameter(EPSILON, epsilon),
            new Hyperparameter(MOMENTUM_DECAY, momentumDecay));
  }

  @Override
  public Nadam withLearningRate(Schedule schedule) {
    return new Nadam(
        schedule, beta1, beta2, epsilon, momentumDecay, weightDecay, weightDecayForm, dialect);
  }

  private WeightDecay decay() {
    return WeightDecay.of(weightDecay, weightDecayForm, dialect);
  }

  private static Expression lookAhead(StepBuilder step, Expression m, Expression g) {
    Expression now = momentum(step, step.number());
    Expression next = momentum(step, step.number().plus(RuleExpressions.ONE));
    Expression product = step.slot(PRODUCT).times(now);
    step.set(PRODUCT, product);
    Expression ofMean = next.dividedBy(RuleExpressions.ONE.minus(product.times(next)));
    Expression ofGradient = RuleExpressions.ONE.minus(now).dividedBy(RuleExpressions.ONE.minus(product));
    return ofMean.fma(m, ofGradient.times(g));
  }

  private static Expression momentum(StepBuilder step, Expression number) {
    Expression missing = Expression.of(0.96).power(step.hyperparameter(MOMENTUM_DECAY).times(number)).times(0.5);
    return step.hyperparameter(BETA_1).times(RuleExpressions.ONE.minus(missing));
  }

  @Override
  public void step(StepBuilder step) {
    Expression g = decay().gradient(step);
    Expression b2 = step.hyperparameter(BETA_2);
    Expression m = RuleExpressions.mean(step.slot(M), step.hyperparameter(BETA_1), g);
    Expression v = RuleExpressions.meanOfSquares(step.slot(V), b2, g);
    step.set(M, m);
    step.set(V, v);
    Expression ahead =
        dialect == Dialect.OPTAX
            ? RuleExpressions.correctedMean(step, m, step.hyperparameter(BETA_1), g, true)
            : lookAhead(step, m, g);
    Expression correction = RuleExpressions.correction(b2, step.number());
    Expression divisor = RuleExpressions.correctedRoot(v, correction, step.hyperparameter(EPSILON));
    decay().move(step, step.hyperparameter(LEARNING_RATE).negate(), ahead.dividedBy(divisor));
  }
}
