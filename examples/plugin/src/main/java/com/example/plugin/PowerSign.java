package com.example.plugin;

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
 * A step is longer where the gradient has the sign of its running mean, and shorter elsewhere:
 * {@code m = m + (1 - beta)(g - m)}, then {@code w = w - r g e^(sign(g) sign(m))}.
 *
 * @param learningRate the size of a step
 * @param beta the part of the running mean kept from step to step
 */
@Plugin(
    name = "power-sign",
    summary = "w = w - learning_rate * g * e^(sign(g) sign(m)), with the mean m of g",
    source = "Bello et al. 2017, Neural optimizer search with reinforcement learning")
public record PowerSign(
    @Param(value = "the size of a step", byDefault = "0.01", range = "[0, inf)", alias = "lr")
        Schedule learningRate,
    @Param(value = "the part of the mean of gradients kept", byDefault = "0.9", range = "[0, 1)")
        Schedule beta)
    implements Optimizer {
  private static final String BETA = "beta";
  private static final Slot MEAN = new Slot("m");

  /** Checks the ranges that the annotations state. */
  public PowerSign {
    Parameters.check(PowerSign.class, learningRate, beta);
  }

  @Override
  public List<Hyperparameter> hyperparameters() {
    return List.of(new Hyperparameter(LEARNING_RATE, learningRate), new Hyperparameter(BETA, beta));
  }

  @Override
  public PowerSign withLearningRate(Schedule schedule) {
    return new PowerSign(schedule, beta);
  }

  @Override
  public void step(Step step) {
    Lane zero = Lane.of(0);
    Lane g = step.gradient();
    Lane m = step.slot(MEAN);
    m = Lane.of(1).minus(step.hyper(BETA)).fma(g.minus(m), m);
    Lane agreement = sign(g).times(sign(m));
    // e^1, e^0 and e^-1 are the only factors, so none needs to be computed.
    Lane factor =
        zero.ifLess(
            agreement, Lane.of(Math.E), agreement.ifLess(zero, Lane.of(1 / Math.E), Lane.of(1)));
    step.set(MEAN, m);
    step.setWeight(step.hyper(LEARNING_RATE).negate().fma(g.times(factor), step.weight()));
  }

  private static Lane sign(Lane x) {
    Lane zero = Lane.of(0);
    return zero.ifLess(x, Lane.of(1), x.ifLess(zero, Lane.of(-1), zero));
  }
}
