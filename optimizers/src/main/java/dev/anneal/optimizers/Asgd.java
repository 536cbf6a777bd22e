package dev.anneal.optimizers;

import dev.anneal.core.InputException;
import dev.anneal.core.lane.Lane;
import dev.anneal.core.optimize.Hyperparameter;
import dev.anneal.core.optimize.Optimizer;
import dev.anneal.core.optimize.Slot;
import dev.anneal.core.optimize.Step;
import dev.anneal.core.schedule.Schedule;
import dev.anneal.core.spec.Param;
import dev.anneal.core.spec.Parameters;
import dev.anneal.core.spec.Plugin;
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
  public void step(Step step) {
    Lane g = decay().gradient(step);
    Lane rate = step.hyper(LEARNING_RATE);
    Lane lambd = step.hyper(LAMBD);
    Lane before = step.number().minus(Parts.ONE);
    Lane fall = lambd.times(rate).times(before).plus(Parts.ONE).power(step.hyper(ALPHA));
    Lane moved = decay().move(step, rate.over(fall).negate(), lambd.fma(step.weight(), g));
    Lane count = before.minus(step.hyper(T0));
    Lane average = step.slot(AVERAGE);
    Lane mean = Parts.ONE.over(count).fma(moved.minus(average), average);
    step.set(AVERAGE, Parts.ONE.ifLess(count, mean, moved));
  }
}
