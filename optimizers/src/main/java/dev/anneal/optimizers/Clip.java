package dev.anneal.optimizers;

import dev.anneal.api.Framework;
import dev.anneal.api.InputException;
import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.Granularity;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.optimizer.StepBuilder;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.api.schedule.Schedule;
import java.util.stream.Stream;

/**
 * Another optimizer, along a gradient that is bounded. One of three bounds c is given:
 *
 * <ul>
 *   <li>{@code value}: each number of the gradient is brought within {@code [-c, c]}
 *   <li>{@code norm}: the gradient of a parameter is multiplied by {@code c / max(|g|, c)}
 *   <li>{@code global_norm}: all gradients are multiplied by {@code c / max(|g|, c)}, with the norm
 *       of all of them together; where groups of parameters have optimizers of their own, of all
 *       groups that are clipped so, as PyTorch does with the parameters of a model
 *   <li>PyTorch's factor is {@code min(1, c / (|g| + 1e-6))}: a gradient just within the bound is
 *       made smaller too
 * </ul>
 *
 * <p>The norms are Euclidean, but for {@code norm_type=p}: {@code (sum |g|^p)^(1/p)}, or with
 * {@code inf} the largest number, which {@code global_norm} takes over the parameters of its own
 * optimizer only. Numbers more than {@code 1e38^(1/p)} times the bound count as infinite.
 *
 * <p>The factor of a norm is reported as {@code clip_factor}; 1 is no clipping. A norm that is not
 * a number leaves no weight a number. An infinite one stops the weights whose gradients are finite;
 * Keras's {@code global_clipnorm} spoils them all.
 *
 * <p>Keras takes one of the three, too. For two, put one clip into the other: the outer one clips
 * first. Keras clips what is {@linkplain Accumulate accumulated}, as {@code accumulate(clip(...))}
 * does.
 *
 * <p>Source: Pascanu, Mikolov and Bengio, "On the difficulty of training recurrent neural
 * networks", 2013; {@code clipvalue}, {@code clipnorm} and {@code global_clipnorm} of Keras; {@code
 * clip_grad_norm_} of PyTorch.
 */
@Plugin(
    name = "clip",
    summary = "another optimizer along g * c / max(|g|, c), or with each number within [-c, c]",
    source = "Pascanu, Mikolov and Bengio 2013; Keras clipnorm; PyTorch clip_grad_norm_")
public record Clip(
    @Param("what takes the clipped gradient") Optimizer optimizer,
    @Param(
            value = "bounds each number of the gradient",
            byDefault = "0",
            range = "[0, inf)",
            alias = "clipvalue",
            hyperparameter = "clip_value",
            unusedAtZero = true)
        Schedule value,
    @Param(
            value = "bounds the norm of a parameter's gradient",
            byDefault = "0",
            range = "[0, inf)",
            alias = "clipnorm",
            hyperparameter = "clip_norm",
            unusedAtZero = true)
        Schedule norm,
    @Param(
            value = "bounds the norm of all gradients together",
            byDefault = "0",
            range = "[0, inf)",
            alias = "global_clipnorm",
            hyperparameter = "clip_global_norm",
            unusedAtZero = true)
        Schedule globalNorm,
    @Param(
            value = "the exponent of the norm: from 1 to 10, or inf",
            byDefault = "2",
            range = "[1, inf]")
        double normType,
    @Param(
            value = "whose form of the factor",
            byDefault = "keras",
            choices = {"keras", "torch", "optax"})
        Framework dialect)
    implements Optimizer {
  private static final Expression GUARD = Expression.of(1e-6);
  private static final double LARGEST_TYPE = 10;

  /**
   * Checks that there is one bound.
   *
   * @throws InputException if not one of the bounds is given, or a norm of a type above 10
   */
  public Clip {
    if (Stream.of(value, norm, globalNorm).filter(Clip::bounds).count() != 1) {
      throw new InputException(
          "clip: give one of value, norm and global_norm; for two, put one clip into another");
    }
    if (normType > LARGEST_TYPE && Double.isFinite(normType)) {
      throw new InputException("clip: norm_type must be at most 10, or inf");
    }
  }

  private static boolean bounds(Schedule bound) {
    return !Terms.isZero(bound);
  }

  private Schedule bound() {
    return bounds(value) ? value : bounds(norm) ? norm : globalNorm;
  }

  @Override
  public void step(StepBuilder step) {
    Expression g = step.gradient();
    Expression c = step.hyperparameter(bound());
    step.setWeight(step.take(optimizer, bounds(value) ? within(g, c) : g.times(factor(step, c))));
  }

  private static Expression within(Expression g, Expression c) {
    return g.max(c.negate()).min(c);
  }

  private Expression factor(StepBuilder step, Expression c) {
    Expression length = length(step, c);
    Expression factor =
        dialect == Framework.TORCH
            ? c.dividedBy(length.plus(GUARD)).min(Terms.ONE)
            : c.dividedBy(length.max(c));
    step.report("clip_factor", factor);
    return factor;
  }

  private Expression length(StepBuilder step, Expression c) {
    Expression g = step.gradient();
    if (normType == 2) {
      return sum(step, g.times(g)).sqrt();
    }
    if (Double.isInfinite(normType)) {
      return step.max(bounds(norm) ? Granularity.PARAMETER : Granularity.GROUP, g.abs());
    }
    // In parts of the bound: a power of a number that is far below it may be lost.
    Expression unit = c.max(Terms.SMALLEST_RATE);
    Expression sum = sum(step, g.abs().dividedBy(unit).power(normType));
    return sum.power(1 / normType).times(unit);
  }

  private Expression sum(StepBuilder step, Expression of) {
    return bounds(norm) ? step.sum(Granularity.PARAMETER, of) : step.sumOverGroups(of);
  }
}
