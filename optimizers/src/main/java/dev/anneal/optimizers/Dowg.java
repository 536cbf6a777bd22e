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
 * DoWG, distance over weighted gradients: descent whose step is the greatest squared distance from
 * the first weights so far, over the root of the sum of squared gradients weighted with it. There
 * is no learning rate to find; it is a factor, 1 by default.
 *
 * <ul>
 *   <li>{@code far = max(far, |w - first|^2)}, which begins as {@code initial}
 *   <li>{@code sum = sum + far |g|^2}
 *   <li>{@code w = w - learning_rate far / (sqrt(sum) + epsilon) g}
 * </ul>
 *
 * <p>The norms are over all parameters that the optimizer has. The quotient is reported as {@code
 * step_size}. Native weight decay is coupled. In Optax the default of {@code init_estim_sq_dist} is
 * epsilon, too, 1e-4.
 *
 * <p>Source: Khaled, Mishchenko and Jin, "DoWG unleashed: an efficient universal parameter-free
 * gradient descent method", 2023; dowg of Optax.
 */
@Plugin(
    name = "dowg",
    summary =
        "w = w - learning_rate * far / sqrt(sum of far * |g|^2) * g, with far = max|w - first|^2",
    source = "Khaled, Mishchenko and Jin 2023; Optax dowg")
public record Dowg(
    @Param(value = "a factor", byDefault = "1", range = "[0, inf)", alias = "lr")
        Schedule learningRate,
    @Param(
            value = "the first squared distance",
            byDefault = "1e-4",
            range = "(0, inf)",
            alias = "init_estim_sq_dist")
        double initial,
    @Param(value = "added to the root of the sum", byDefault = "1e-4", range = "(0, inf)")
        Schedule epsilon,
    @Param(
            value = "how strongly weights are pulled towards 0",
            byDefault = "0",
            range = "[0, inf)",
            unusedAtZero = true)
        Schedule weightDecay,
    @Param(value = "how weight decay is applied", byDefault = "native")
        WeightDecayForm weightDecayForm)
    implements Optimizer {
  private static final Slot FIRST = new Slot("first");
  private static final Slot SUM = new Slot("sum", Granularity.GROUP, 0);

  private WeightDecay pull() {
    return WeightDecay.of(weightDecay, weightDecayForm, true);
  }

  @Override
  public void step(StepBuilder step) {
    Expression g = pull().gradient(step);
    Slot farthest = new Slot("far", Granularity.GROUP, initial);
    Expression away = step.weight().minus(Terms.first(step, FIRST));
    Expression far = step.slot(farthest).max(step.sum(Granularity.GROUP, away.times(away)));
    Expression sum = far.fma(step.sum(Granularity.GROUP, g.times(g)), step.slot(SUM));
    step.set(farthest, far);
    step.set(SUM, sum);
    Expression rate = far.dividedBy(sum.sqrt().plus(step.hyperparameter(epsilon)));
    step.report("step_size", rate);
    pull().move(step, step.learningRate().times(rate).negate(), g);
  }
}
