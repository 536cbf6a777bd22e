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
 * Prodigy: Adam that finds its learning rate. It estimates d, how far the weights of its group are
 * from where they should be, by how far they have come along their gradients.
 *
 * <p>For the weights w, first w0, of all parameters together, with the rate {@code r = d *
 * learning_rate}:
 *
 * <ul>
 *   <li>{@code m = beta_1 m + (1 - beta_1) d g} and {@code v = beta_2 v + (1 - beta_2) (d g)^2}
 *   <li>{@code n = beta_3 n + d / d0 r sum(g (w0 - w))}
 *   <li>{@code s = beta_3 s + d / d0 r g}, or {@code + d / d0 d g} with {@code safeguard_warmup}
 *   <li>{@code d' = max(d, d_coef n / sum(|s|))}, at most {@code growth_rate d} but from d0
 *   <li>{@code w = w - r (m / (sqrt(v) + d' epsilon) + weight_decay w)}
 * </ul>
 *
 * <p>The learning rate is a factor, 1 by default, and its schedule should begin and end like any
 * other's. {@code bias_correction} multiplies r by {@code sqrt(1 - beta_2^s) / (1 - beta_1^s)}: the
 * authors have it off by default, Optax always on (5e-3 apart after twenty steps). Epsilon is
 * multiplied by the new d. Weight decay is always decoupled, and grows with d.
 *
 * <p>What is kept of w0 is how far the weights have come from it, {@code w0 - w}: the first steps,
 * of 1e-6, would drown in the rounding of weights of about 1.
 *
 * <p>Where no gradient has been other than 0, d stays (Optax: NaN).
 *
 * <p>Source: Mishchenko and Defazio, "Prodigy: an expeditiously adaptive parameter-free learner",
 * 2023; the authors' {@code Prodigy}; {@code prodigy} of Optax.
 */
@Plugin(
    name = "prodigy",
    summary = "Adam with an estimate of the distance to go as its learning rate",
    source = "Mishchenko and Defazio 2023; Optax prodigy")
public record Prodigy(
    @Param(
            value = "a factor of the rate that is found",
            byDefault = "1",
            range = "[0, inf)",
            alias = "lr")
        Schedule learningRate,
    @Param(value = "the part of the mean of gradients kept", byDefault = "0.9", range = "[0, 1)")
        Schedule beta1,
    @Param(
            value = "the part of the mean of squared gradients kept",
            byDefault = "0.999",
            range = "[0, 1)")
        Schedule beta2,
    @Param(
            value = "the part of what d is estimated from that is kept; 0: the root of beta_2",
            byDefault = "0",
            range = "[0, 1)")
        Schedule beta3,
    @Param(value = "what keeps the divisor from 0", byDefault = "1e-8", range = "(0, inf)")
        Schedule epsilon,
    @Param(
            value = "the first estimate of d",
            byDefault = "1e-6",
            range = "(0, inf)",
            alias = "estim_lr0")
        double d0,
    @Param(
            value = "a factor of the estimate",
            byDefault = "1",
            range = "(0, inf)",
            alias = "estim_lr_coef")
        Schedule dCoef,
    @Param(value = "the largest growth of d in a step", byDefault = "inf", range = "[1, inf]")
        double growthRate,
    @Param(value = "whether means are corrected for their start at 0", byDefault = "false")
        boolean biasCorrection,
    @Param(
            value = "whether the estimate leaves the learning rate out of its divisor",
            byDefault = "false")
        boolean safeguardWarmup,
    @Param(
            value = "how strongly weights are pulled towards 0",
            byDefault = "0",
            range = "[0, inf)",
            unusedAtZero = true)
        Schedule weightDecay)
    implements Optimizer {
  private static final Slot M = new Slot("m");
  private static final Slot V = new Slot("v");
  private static final Slot SUM = new Slot("sum");
  private static final Slot MOVED = new Slot("moved");
  private static final Slot NUMERATOR = new Slot("numerator", Granularity.GROUP, 0);

  private WeightDecay decay() {
    return WeightDecay.of(weightDecay, WeightDecayForm.DECOUPLED, false);
  }

  @Override
  public void step(StepBuilder step) {
    Expression g = step.gradient();
    Expression b2 = step.hyperparameter(beta2);
    Expression b3 = Terms.isZero(beta3) ? b2.sqrt() : step.hyperparameter(beta3);
    DistanceEstimate estimate = new DistanceEstimate(d0, growthRate);
    Expression d = estimate.before(step);
    Expression rate = d.times(step.learningRate());
    if (biasCorrection) {
      rate = rate.times(Terms.adamCorrection(step.hyperparameter(beta1), b2, step.number()));
    }
    Expression scale = d.dividedBy(Expression.of(d0));

    Expression moved = step.slot(MOVED);
    Expression along = step.sum(Granularity.GROUP, g.times(moved));
    Expression numerator = b3.fma(step.slot(NUMERATOR), scale.times(rate).times(along));
    Expression weight = scale.times(safeguardWarmup ? d : rate);
    Expression sum = b3.fma(step.slot(SUM), weight.times(g));
    Expression divisor = step.sum(Granularity.GROUP, sum.abs());
    Expression next = estimate.after(step, step.hyperparameter(dCoef).times(numerator), divisor);
    step.set(NUMERATOR, numerator);
    step.set(SUM, sum);

    Expression scaled = d.times(g);
    Expression m = Terms.mean(step.slot(M), step.hyperparameter(beta1), scaled);
    Expression v = Terms.meanOfSquares(step.slot(V), b2, scaled);
    step.set(M, m);
    step.set(V, v);
    Expression direction = m.dividedBy(v.sqrt().plus(next.times(step.hyperparameter(epsilon))));
    Expression by = rate.fma(direction, decay().pull(step, rate));
    step.set(MOVED, moved.plus(by));
    step.setWeight(step.weight().minus(by));
  }
}
