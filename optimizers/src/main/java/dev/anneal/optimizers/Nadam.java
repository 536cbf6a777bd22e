package dev.anneal.optimizers;

import dev.anneal.api.Framework;
import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.Granularity;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.optimizer.Slot;
import dev.anneal.api.optimizer.StepBuilder;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.api.schedule.Schedule;

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
    @Param(
            value = "how strongly weights are pulled towards 0",
            byDefault = "0",
            range = "[0, inf)",
            unusedAtZero = true)
        Schedule weightDecay,
    @Param(value = "how weight decay is applied", byDefault = "native")
        WeightDecayForm weightDecayForm,
    @Param(
            value = "whose form of the rule",
            byDefault = "keras",
            choices = {"keras", "torch", "optax"})
        Framework dialect)
    implements Optimizer {
  private static final Slot M = new Slot("m");
  private static final Slot V = new Slot("v");
  private static final Slot PRODUCT = new Slot("momentum_product", Granularity.GROUP, 1);

  private WeightDecay decay() {
    return WeightDecay.of(weightDecay, weightDecayForm, dialect);
  }

  private Expression lookAhead(StepBuilder step, Expression m, Expression g) {
    Expression now = momentum(step, step.number());
    Expression next = momentum(step, step.number().plus(Terms.ONE));
    Expression product = step.slot(PRODUCT).times(now);
    step.set(PRODUCT, product);
    Expression ofMean = next.dividedBy(Terms.ONE.minus(product.times(next)));
    Expression ofGradient = Terms.ONE.minus(now).dividedBy(Terms.ONE.minus(product));
    return ofMean.fma(m, ofGradient.times(g));
  }

  private Expression momentum(StepBuilder step, Expression number) {
    Expression missing =
        Expression.of(0.96).power(step.hyperparameter(momentumDecay).times(number)).times(0.5);
    return step.hyperparameter(beta1).times(Terms.ONE.minus(missing));
  }

  @Override
  public void step(StepBuilder step) {
    Expression g = decay().gradient(step);
    Expression b2 = step.hyperparameter(beta2);
    Expression m = Terms.mean(step.slot(M), step.hyperparameter(beta1), g);
    Expression v = Terms.meanOfSquares(step.slot(V), b2, g);
    step.set(M, m);
    step.set(V, v);
    Expression ahead =
        dialect == Framework.OPTAX
            ? Terms.correctedMean(step, m, step.hyperparameter(beta1), g, true)
            : lookAhead(step, m, g);
    Expression correction = Terms.correction(b2, step.number());
    Expression divisor = Terms.correctedRoot(v, correction, step.hyperparameter(epsilon));
    decay().move(step, step.learningRate().negate(), ahead.dividedBy(divisor));
  }
}
