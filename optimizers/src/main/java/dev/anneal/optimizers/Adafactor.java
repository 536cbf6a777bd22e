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
 * Adafactor: a mean of squared gradients that is kept as a number for each row and each column, and
 * steps in the unit of the weights.
 *
 * <p>At step s, with {@code kept = 1 - s^beta_2_decay}:
 *
 * <ul>
 *   <li>for a matrix, {@code R = kept R + (1 - kept) mean(g^2 + epsilon_1)} over each row, C
 *       likewise over each column, and {@code v = R C / mean(R)}; for a single row v is the mean
 *       itself
 *   <li>{@code u = g / sqrt(v)}, over {@code max(1, rms(u) / clip_threshold)}
 *   <li>{@code w = w - rate max(epsilon_2, rms(w)) u}
 * </ul>
 *
 * <p>In Keras and PyTorch the rate is {@code min(learning_rate, 1 / sqrt(s))}, in Optax the
 * learning rate. (Keras takes the minimum a second time, so that its {@code relative_step} changes
 * nothing.) PyTorch leaves g^2 as it is, and has epsilon_1 as the least of {@code mean(R)} and of
 * {@code sqrt(v)}; its default is 1.2e-7 for floats. {@code scale_parameter=false} takes {@code
 * max(epsilon_2, rms(w))} as 1. With {@code momentum}, which Optax has, a running mean of the steps
 * that began at 0 is taken in their place.
 *
 * <p>The root of v is the product of the roots of its factors. Keras takes the root of the product,
 * which in single precision is 0 for a row and a column without a gradient, such as an input that
 * is always 0 and a unit that is dead: epsilon_1 of both makes {@code 1e-60 / mean(R)}, the step 0
 * / 0, and all weights NaN. Optax multiplies roots, too, and the least that PyTorch has keeps it
 * from 0.
 *
 * <p>Weight decay is decoupled by default. Optax's {@code weight_decay_rate} is not multiplied with
 * the learning rate: divide it by the rate. Optax keeps rows and columns from 128 of both on:
 * {@code min_dim_size_to_factor=128}.
 *
 * <p>The factor that u is divided by is reported as {@code clip_factor}, as its inverse.
 *
 * <p>Source: Shazeer and Stern, "Adafactor: adaptive learning rates with sublinear memory cost",
 * 2018; Adafactor of Keras 3 and of PyTorch; adafactor of Optax.
 */
@Plugin(
    name = "adafactor",
    summary = "w = w - rate * rms(w) * g / sqrt(v), with a mean v of g^2 kept by rows and columns",
    source = "Shazeer and Stern 2018; Keras Adafactor; PyTorch Adafactor")
public record Adafactor(
    @Param(value = "the size of a step", byDefault = "0.001", range = "[0, inf)", alias = "lr")
        Schedule learningRate,
    @Param(
            value = "1 - s^this of the mean is kept at step s",
            byDefault = "-0.8",
            range = "(-inf, 0]")
        double beta2Decay,
    @Param(value = "what keeps the divisor from 0", byDefault = "1e-30", range = "(0, inf)")
        Schedule epsilon1,
    @Param(
            value = "the least that the size of the weights counts as",
            byDefault = "0.001",
            range = "(0, inf)")
        Schedule epsilon2,
    @Param(value = "the greatest root mean square of a step", byDefault = "1", range = "(0, inf)")
        Schedule clipThreshold,
    @Param(
            value = "whether steps are in parts of the weights",
            byDefault = "true",
            alias = "multiply_by_parameter_scale")
        boolean scaleParameter,
    @Param(
            value = "the part of the mean of steps kept",
            byDefault = "0",
            range = "[0, 1)",
            unusedAtZero = true)
        Schedule momentum,
    @Param(
            value = "the least rows and columns to keep numbers for",
            byDefault = "1",
            range = "[1, 1e9]")
        int minDimSizeToFactor,
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
  private static final Slot V = new Slot("v");
  private static final Slot R = new Slot("r", Granularity.ROW, 0);
  private static final Slot C = new Slot("c", Granularity.COLUMN, 0);
  private static final Slot M = new Slot("m");

  private WeightDecay pull() {
    return WeightDecay.of(weightDecay, weightDecayForm, false);
  }

  private boolean isTorch() {
    return dialect == Framework.TORCH;
  }

  @Override
  public void step(StepBuilder step) {
    Expression g = pull().gradient(step);
    Expression root = root(step, g);
    Expression u = g.dividedBy(isTorch() ? root.max(step.hyperparameter(epsilon1)) : root);
    Expression part = Terms.ONE.min(step.hyperparameter(clipThreshold).dividedBy(rms(step, u)));
    step.report("clip_factor", part);
    Expression size = rate(step).times(scale(step)).times(part).negate();
    if (Terms.isZero(momentum)) {
      pull().move(step, size, u);
    } else {
      Expression m = Terms.mean(step.slot(M), step.hyperparameter(momentum), size.times(u));
      step.set(M, m);
      pull().move(step, m);
    }
  }

  private Expression rate(StepBuilder step) {
    Expression rate = step.learningRate();
    return dialect == Framework.OPTAX ? rate : rate.min(step.number().power(-0.5));
  }

  /** Keras decays the weights first, PyTorch and Optax look at them first. */
  private Expression scale(StepBuilder step) {
    Expression w = dialect == Framework.KERAS ? pull().weight(step) : step.weight();
    return scaleParameter ? rms(step, w).max(step.hyperparameter(epsilon2)) : Terms.ONE;
  }

  private static Expression rms(StepBuilder step, Expression of) {
    return step.mean(Granularity.PARAMETER, of.times(of)).sqrt();
  }

  /** The root of the mean of squared gradients; of a matrix, a product of roots. */
  private Expression root(StepBuilder step, Expression g) {
    Expression square = isTorch() ? g.times(g) : g.fma(g, step.hyperparameter(epsilon1));
    if (step.rows() == 1 || Math.min(step.rows(), step.columns()) < minDimSizeToFactor) {
      return kept(step, V, square).sqrt();
    }
    Expression r = kept(step, R, step.mean(Granularity.ROW, square));
    Expression c = kept(step, C, step.mean(Granularity.COLUMN, square));
    Expression mean = step.mean(Granularity.PARAMETER, r);
    Expression divisor = isTorch() ? mean.max(step.hyperparameter(epsilon1)) : mean;
    return r.sqrt().times(Terms.ONE.dividedBy(divisor.sqrt())).times(c.sqrt());
  }

  private Expression kept(StepBuilder step, Slot slot, Expression value) {
    Expression mean = step.slot(slot);
    Expression part = Terms.ONE.dividedBy(step.number().power(Expression.of(Math.abs(beta2Decay))));
    // Not mean + part (value - mean): where the mean falls steeply that could round to 0.
    Expression next = part.fma(value, Terms.ONE.minus(part).times(mean));
    step.set(slot, next);
    return next;
  }
}
