package dev.anneal.optimizers;

import dev.anneal.api.InputException;
import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.Hyperparameter;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.optimizer.Slot;
import dev.anneal.api.optimizer.StepBuilder;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Parameters;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.api.schedule.Schedule;
import java.util.List;

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
 *
 * @param learningRate the size of a step; a constant lies in [0, inf)
 * @param lambd the strength of the decay; a constant lies in [0, inf)
 * @param alpha the power by which the rate falls; a constant lies in [0, inf)
 * @param t0 the step after which the average begins; a constant lies in [0, inf)
 * @param weightDecay how strongly weights are pulled towards 0; a constant lies in [0, inf)
 * @param weightDecayForm the form of weight decay, by default coupled
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
    @Param(value = "how strongly weights are pulled towards 0", byDefault = "0", range = "[0, inf)")
        Schedule weightDecay,
    @Param(value = "how weight decay is applied", byDefault = "native")
        WeightDecayForm weightDecayForm)
    implements Optimizer {
  private static final String LAMBD = "lambd";
  private static final String ALPHA = "alpha";
  private static final String T0 = "t0";
  private static final Slot AVERAGE = new Slot("average");

  /**
   * Checks the ranges.
   *
   * @throws InputException if a parameter is out of range
   */
  public Asgd {
    Parameters.check(Asgd.class, learningRate, lambd, alpha, t0, weightDecay, weightDecayForm);
  }

  @Override
  public List<Hyperparameter> hyperparameters() {
    return decay()
        .after(
            new Hyperparameter(LEARNING_RATE, learningRate),
            new Hyperparameter(LAMBD, lambd),
            new Hyperparameter(ALPHA, alpha),
            new Hyperparameter(T0, t0));
  }

  @Override
  public Asgd withLearningRate(Schedule schedule) {
    return new Asgd(schedule, lambd, alpha, t0, weightDecay, weightDecayForm);
  }

  private WeightDecay decay() {
    return WeightDecay.of(weightDecay, weightDecayForm, true);
  }

  @Override
  public void step(StepBuilder step) {
    Expression g = decay().gradient(step);
    Expression rate = step.hyperparameter(LEARNING_RATE);
    Expression lambd = step.hyperparameter(LAMBD);
    Expression before = step.number().minus(RuleExpressions.ONE);
    Expression fall = lambd.times(rate).times(before).plus(RuleExpressions.ONE).power(step.hyperparameter(ALPHA));
    Expression moved = decay().move(step, rate.dividedBy(fall).negate(), lambd.fma(step.weight(), g));
    Expression count = before.minus(step.hyperparameter(T0));
    Expression average = step.slot(AVERAGE);
    Expression mean = RuleExpressions.ONE.dividedBy(count).fma(moved.minus(average), average);
    step.set(AVERAGE, RuleExpressions.ONE.ifLess(count, mean, moved));
  }
}
