package dev.anneal.optimizers;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.Granularity;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.optimizer.StepBuilder;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.api.schedule.Schedule;

/**
 * Descent with Polyak's step: as long as it would take to bring the loss to its least value, were
 * the loss linear.
 *
 * <ul>
 *   <li>{@code size = min((loss - lowest) / (|g|^2 + epsilon), learning_rate)}, and 0 where {@code
 *       |g|^2 + epsilon} is below 2.2e-16; the norm is over all parameters that the optimizer has
 *   <li>{@code w = w - size g}
 * </ul>
 *
 * <p>The learning rate bounds the step: Optax's {@code max_learning_rate}; its {@code scaling} is
 * 1. A loss below {@code lowest} steps up the gradient, unless {@code positive} is set (Optax's
 * variant sps+), or the rate is 0. The size is reported as {@code step_size}.
 *
 * <p>Source: Loizou, Vaswani, Laradji and Lacoste-Julien, "Stochastic Polyak step-size for SGD",
 * 2021; polyak_sgd of Optax.
 */
@Plugin(
    name = "polyak-sgd",
    summary = "w = w - min((loss - lowest) / |g|^2, learning_rate) * g",
    source = "Loizou et al. 2021; Optax polyak_sgd")
public record PolyakSgd(
    @Param(
            value = "the largest size of a step",
            byDefault = "1",
            range = "[0, inf)",
            alias = "max_learning_rate")
        Schedule learningRate,
    @Param(value = "the least loss that can be", byDefault = "0", alias = "f_min") double lowest,
    @Param(value = "added to the squared norm", byDefault = "0", range = "[0, inf)")
        Schedule epsilon,
    @Param(value = "whether a loss below the least is taken for it", byDefault = "false")
        boolean positive)
    implements Optimizer {

  @Override
  public void step(StepBuilder step) {
    Expression g = step.gradient();
    Expression above = step.loss().minus(Expression.of(lowest));
    Expression gap = positive ? above.max(Terms.ZERO) : above;
    Expression divisor = step.sum(Granularity.GROUP, g.times(g)).plus(step.hyperparameter(epsilon));
    Expression rate = step.learningRate();
    Expression bounded = Terms.ZERO.ifLess(rate, gap.dividedBy(divisor).min(rate), Terms.ZERO);
    Expression size = Terms.DOUBLE_EPSILON.ifLess(divisor, bounded, Terms.ZERO);
    step.report("step_size", size);
    step.setWeight(size.negate().fma(g, step.weight()));
  }
}
