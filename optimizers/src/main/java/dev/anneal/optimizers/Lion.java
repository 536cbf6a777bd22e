package dev.anneal.optimizers;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.Granularity;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.optimizer.Slot;
import dev.anneal.api.optimizer.StepBuilder;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.api.schedule.Schedule;

/**
 * Lion: every weight moves by the learning rate, up or down.
 *
 * <ul>
 *   <li>{@code w = w - learning_rate * sign(beta_1 m + (1 - beta_1) g)}
 *   <li>{@code m = beta_2 m + (1 - beta_2) g}, afterwards
 * </ul>
 *
 * <p>Optax has two modes that do not jump at 0: {@code smooth} takes {@code tanh(smooth_beta x)} in
 * place of the sign of x, {@code refined} x itself within -1 and 1. {@code caution} is timm's: a
 * weight whose step would go along its gradient stays, and the steps of the others are divided by
 * their part of the parameter, at least 0.001.
 *
 * <p>The sign of 0 is 0. Keras and Optax agree. Lion wants a rate three to ten times smaller than
 * Adam's, and a weight decay as many times larger; Optax has 0.001 for it by default.
 *
 * <p>Source: Chen et al., "Symbolic discovery of optimization algorithms", 2023; Lion of Keras 3;
 * {@code scale_by_lion} of Optax; Liang et al., "Cautious optimizers: improving training with one
 * line of code", 2024.
 */
@Plugin(
    name = "lion",
    summary = "w = w - learning_rate * sign(beta_1 m + (1 - beta_1) g)",
    source = "Chen et al. 2023; Keras Lion")
public record Lion(
    @Param(value = "the size of a step", byDefault = "0.001", range = "[0, inf)", alias = "lr")
        Schedule learningRate,
    @Param(
            value = "the part of the mean in the direction of a step",
            byDefault = "0.9",
            range = "[0, 1)")
        Schedule beta1,
    @Param(value = "the part of the mean of gradients kept", byDefault = "0.99", range = "[0, 1)")
        Schedule beta2,
    @Param(value = "what is taken of the mean for a step", byDefault = "hard") Mode mode,
    @Param(value = "how steep the smooth mode is", byDefault = "1", range = "(0, inf)")
        double smoothBeta,
    @Param(value = "whether no weight moves along its gradient", byDefault = "false")
        boolean caution,
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
  private static final Expression SMALLEST_PART = Expression.of(1e-3);

  /** What is taken of the mean for a step. */
  public enum Mode {
    /** Its sign. */
    HARD,
    /** Its hyperbolic tangent. */
    SMOOTH,
    /** Itself, at most 1 in size. */
    REFINED
  }

  private WeightDecay decay() {
    return WeightDecay.of(weightDecay, weightDecayForm, false);
  }

  private Expression taken(Expression mean) {
    return switch (mode) {
      case HARD -> Terms.sign(mean);
      case SMOOTH -> mean.times(smoothBeta).tanh();
      case REFINED -> mean.max(Terms.ONE.negate()).min(Terms.ONE);
    };
  }

  private static Expression cautious(StepBuilder step, Expression direction, Expression g) {
    Expression agrees = Terms.ZERO.ifLess(direction.times(g), Terms.ONE, Terms.ZERO);
    Expression part = step.mean(Granularity.PARAMETER, agrees).max(SMALLEST_PART);
    return direction.times(agrees).dividedBy(part);
  }

  @Override
  public void step(StepBuilder step) {
    Expression g = decay().gradient(step);
    Expression m = step.slot(M);
    Expression taken = taken(Terms.mean(m, step.hyperparameter(beta1), g));
    Expression direction = caution ? cautious(step, taken, g) : taken;
    step.set(M, Terms.mean(m, step.hyperparameter(beta2), g));
    decay().move(step, step.learningRate().negate(), direction);
  }
}
