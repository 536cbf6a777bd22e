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
 * AdamW by D-Adaptation: it finds its learning rate, from an estimate d of how far the weights of
 * its group are from where they should be.
 *
 * <p>For all parameters together, with {@code r = d * learning_rate} and {@code q = sqrt(beta_2)}:
 *
 * <ul>
 *   <li>{@code n = q n + (1 - q) r sum(g s / (sqrt(v) + epsilon))}, with s and v as they were
 *   <li>{@code m = beta_1 m + (1 - beta_1) r g} and {@code v = beta_2 v + (1 - beta_2) g^2}
 *   <li>{@code s = q s + (1 - q) r g}
 *   <li>{@code d = max(d, n / ((1 - q) sum(|s|)))}, growing by {@code growth_rate} at the most
 *   <li>{@code w = w - m / (sqrt(v) + epsilon) - r weight_decay w}
 * </ul>
 *
 * <p>The learning rate is a factor, 1 by default, and its schedule should begin and end like any
 * other's; m holds it, so a fall of the rate is felt slowly. {@code bias_correction} multiplies r
 * by {@code sqrt(1 - beta_2^s) / (1 - beta_1^s)}: the authors have it off by default, Optax always
 * on. Where d has just left its first value it may grow without bound once. Weight decay is always
 * decoupled, and grows with d. {@link Prodigy} is the same authors' successor.
 *
 * <p>Where no gradient has been other than 0, d stays (Optax: NaN).
 *
 * <p>Source: Defazio and Mishchenko, "Learning-rate-free learning by D-Adaptation", 2023; the
 * authors' {@code DAdaptAdam}; {@code dadapt_adamw} of Optax.
 */
@Plugin(
    name = "dadapt-adamw",
    summary = "AdamW with an estimate of the distance to go as its learning rate",
    source = "Defazio and Mishchenko 2023; Optax dadapt_adamw")
public record DAdaptAdamW(
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
            range = "(0, 1)")
        Schedule beta2,
    @Param(value = "what keeps the divisor from 0", byDefault = "1e-8", range = "(0, inf)")
        Schedule epsilon,
    @Param(
            value = "the first estimate of d",
            byDefault = "1e-6",
            range = "(0, inf)",
            alias = "estim_lr0")
        double d0,
    @Param(value = "the largest growth of d in a step", byDefault = "inf", range = "[1, inf]")
        double growthRate,
    @Param(value = "whether means are corrected for their start at 0", byDefault = "false")
        boolean biasCorrection,
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
  private static final Slot NUMERATOR = new Slot("numerator", Granularity.GROUP, 0);

  private WeightDecay decay() {
    return WeightDecay.of(weightDecay, WeightDecayForm.DECOUPLED, false);
  }

  @Override
  public void step(StepBuilder step) {
    Expression g = step.gradient();
    Expression b1 = step.hyperparameter(beta1);
    Expression b2 = step.hyperparameter(beta2);
    Expression e = step.hyperparameter(epsilon);
    Expression kept = b2.sqrt();
    Expression fresh = Terms.ONE.minus(kept);
    DistanceEstimate estimate = new DistanceEstimate(d0, growthRate);
    Expression rate = estimate.before(step).times(step.learningRate());
    if (biasCorrection) {
      rate = rate.times(Terms.adamCorrection(b1, b2, step.number()));
    }

    Expression before = step.slot(V);
    Expression along =
        step.sum(Granularity.GROUP, g.times(step.slot(SUM).dividedBy(before.sqrt().plus(e))));
    Expression numerator = kept.fma(step.slot(NUMERATOR), fresh.times(rate).times(along));
    Expression sum = kept.fma(step.slot(SUM), fresh.times(rate).times(g));
    estimate.after(step, numerator, fresh.times(step.sum(Granularity.GROUP, sum.abs())));
    step.set(NUMERATOR, numerator);
    step.set(SUM, sum);

    Expression m = b1.fma(step.slot(M), Terms.ONE.minus(b1).times(rate).times(g));
    Expression v = Terms.meanOfSquares(before, b2, g);
    step.set(M, m);
    step.set(V, v);
    Expression by = m.dividedBy(v.sqrt().plus(e)).plus(decay().pull(step, rate));
    step.setWeight(step.weight().minus(by));
  }
}
