package dev.anneal.optimizers;

import dev.anneal.api.Framework;
import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.optimizer.Slot;
import dev.anneal.api.optimizer.StepBuilder;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.api.schedule.Schedule;

/**
 * RMSprop: the gradient over the root of its running mean square.
 *
 * <ul>
 *   <li>{@code v = v + (1 - rho) (g^2 - v)}; {@code centered} subtracts the square of the running
 *       mean of g from it, and nothing below 0 remains
 *   <li>Keras, Optax: {@code d = g / sqrt(v + epsilon)}; PyTorch: {@code d = g / (sqrt(v) +
 *       epsilon)}
 *   <li>{@code w = w - learning_rate d}; with momentum the velocity holds the learning rate in
 *       Keras and Optax, and does not in PyTorch, as in {@link Sgd}
 * </ul>
 *
 * <p>Epsilon within the root counts for far more: {@code 1e-7} there bounds the divisor from below
 * by {@code 3e-4}. The defaults are those of Keras; PyTorch's are a rate of 0.01, rho 0.99 and
 * epsilon 1e-8. The first version of TensorFlow started v at 1. {@code bias_correction} divides the
 * means by {@code 1 - rho^s} at step s, as Optax can; a centered one is then 0 at the first step.
 *
 * <p>Source: Tieleman and Hinton, lecture 6.5 of "Neural networks for machine learning", 2012;
 * RMSprop of Keras 3.
 */
@Plugin(
    name = "rmsprop",
    summary = "w = w - learning_rate * g / sqrt(v + epsilon), with the mean v of g^2",
    source = "Tieleman and Hinton 2012; Keras RMSprop")
public record RmsProp(
    @Param(value = "the size of a step", byDefault = "0.001", range = "[0, inf)", alias = "lr")
        Schedule learningRate,
    @Param(
            value = "the part of the mean of squared gradients kept",
            byDefault = "0.9",
            range = "[0, 1)",
            alias = "alpha")
        Schedule rho,
    @Param(
            value = "the part of the velocity kept from step to step",
            byDefault = "0",
            range = "[0, 1]",
            unusedAtZero = true)
        Schedule momentum,
    @Param(value = "whether to step from where the velocity leads", byDefault = "false")
        boolean nesterov,
    @Param(
            value = "whether to divide by the deviation instead of the mean square",
            byDefault = "false")
        boolean centered,
    @Param(value = "what keeps the divisor from 0", byDefault = "1e-7", range = "(0, inf)")
        Schedule epsilon,
    @Param(
            value = "where the mean of squares starts",
            byDefault = "0",
            range = "[0, inf)",
            alias = "initial_scale")
        double initialAccumulator,
    @Param(value = "whether means are corrected for their start at 0", byDefault = "false")
        boolean biasCorrection,
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
  private static final String V = "v";
  private static final Slot M = new Slot("m");

  private Slot v() {
    return new Slot(V, initialAccumulator);
  }

  private WeightDecay decay() {
    return WeightDecay.of(weightDecay, weightDecayForm, dialect);
  }

  private Velocity velocity() {
    return new Velocity(momentum, nesterov, dialect != Framework.TORCH);
  }

  /** Whether the first gradient does not deviate from the mean. */
  private boolean isItsOwnMean() {
    return biasCorrection && initialAccumulator == 0;
  }

  private Expression corrected(StepBuilder step, Expression mean) {
    return biasCorrection
        ? mean.times(Terms.ONE.dividedBy(Terms.correction(step.hyperparameter(rho), step.number())))
        : mean;
  }

  @Override
  public void step(StepBuilder step) {
    Expression g = decay().gradient(step);
    Expression rho = step.hyperparameter(this.rho);
    Expression v = Terms.meanOfSquares(step.slot(v()), rho, g);
    step.set(v(), v);
    v = corrected(step, v);
    if (centered) {
      Expression m = Terms.mean(step.slot(M), rho, g);
      step.set(M, m);
      Expression mean = corrected(step, m);
      v = mean.negate().fma(mean, v).max(Terms.ZERO);
      if (isItsOwnMean()) {
        // Exactly: what rounding leaves of the difference would count beside epsilon.
        v = step.number().ifLess(Terms.TWO, Terms.ZERO, v);
      }
    }
    Expression e = step.hyperparameter(epsilon);
    Expression divisor = dialect == Framework.TORCH ? v.sqrt().plus(e) : v.plus(e).sqrt();
    velocity().descend(step, decay(), g.dividedBy(divisor));
  }
}
