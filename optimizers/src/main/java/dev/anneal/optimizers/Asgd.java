package dev.anneal.optimizers;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.optimizer.Slot;
import dev.anneal.api.optimizer.StepBuilder;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.api.schedule.Schedule;

/**
 * Averaged SGD: plain descent with a rate that falls, and the running mean of the weights beside
 * it.
 *
 * <p>For the learning rate r, at step s counted from 1:
 *
 * <ul>
 *   <li>{@code e = r / (1 + lambd r (s - 1))^alpha}
 *   <li>{@code w = w - e (g + lambd w)}
 *   <li>{@code average = average + (w - average) / max(1, s - 1 - t0)}
 * </ul>
 *
 * <p>The average stays in the slot {@code average}, as in PyTorch: training goes on with w, and who
 * wants the average must read it. PyTorch takes the rate for e from the step before, which matters
 * only where it has a schedule.
 *
 * <p>Source: Polyak and Juditsky, "Acceleration of stochastic approximation by averaging", 1992;
 * ASGD of PyTorch.
 */
@Plugin(
    name = "asgd",
    summary = "SGD that keeps the average of its weights",
    source = "Polyak and Juditsky 1992; PyTorch ASGD")
public record Asgd(
    @Param(value = "the size of a step", byDefault = "0.01", range = "[0, inf)", alias = "lr")
        Schedule learningRate,
    @Param(value = "the strength of the decay", byDefault = "0.0001", range = "[0, inf)")
        Schedule lambd,
    @Param(value = "the power by which the rate falls", byDefault = "0.75", range = "[0, inf)")
        Schedule alpha,
    @Param(value = "the step after which the average begins", byDefault = "1e6", range = "[0, inf)")
        Schedule t0,
    @Param(
            value = "how strongly weights are pulled towards 0",
            byDefault = "0",
            range = "[0, inf)",
            unusedAtZero = true)
        Schedule weightDecay,
    @Param(value = "how weight decay is applied", byDefault = "native")
        WeightDecayForm weightDecayForm)
    implements Optimizer {
  private static final Slot AVERAGE = new Slot("average");

  private WeightDecay decay() {
    return WeightDecay.of(weightDecay, weightDecayForm, true);
  }

  @Override
  public void step(StepBuilder step) {
    Expression g = decay().gradient(step);
    Expression rate = step.learningRate();
    Expression lambd = step.hyperparameter(this.lambd);
    Expression before = step.number().minus(Terms.ONE);
    Expression fall =
        lambd.times(rate).times(before).plus(Terms.ONE).power(step.hyperparameter(alpha));
    Expression moved =
        decay().move(step, rate.dividedBy(fall).negate(), lambd.fma(step.weight(), g));
    Expression count = before.minus(step.hyperparameter(t0));
    Expression average = step.slot(AVERAGE);
    Expression mean = Terms.ONE.dividedBy(count).fma(moved.minus(average), average);
    step.set(AVERAGE, Terms.ONE.ifLess(count, mean, moved));
  }
}
