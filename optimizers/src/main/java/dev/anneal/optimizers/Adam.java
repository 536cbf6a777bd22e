package dev.anneal.optimizers;

import dev.anneal.core.InputException;
import dev.anneal.core.lane.Lane;
import dev.anneal.core.optimize.Hyperparameter;
import dev.anneal.core.optimize.Optimizer;
import dev.anneal.core.optimize.UpdateRule;
import dev.anneal.core.schedule.Schedule;
import dev.anneal.core.spec.Param;
import dev.anneal.core.spec.Parameters;
import dev.anneal.core.spec.Plugin;
import java.util.List;

/**
 * Adam in the form of Keras: the bias corrections go into the step size, and epsilon is added to
 * the uncorrected root.
 *
 * <p>For a weight w and its gradient g, with a learning rate r, at step s counted from 1:
 *
 * <ul>
 *   <li>{@code m = m + (1 - beta_1) (g - m)}
 *   <li>{@code v = v + (1 - beta_2) (g^2 - v)}
 *   <li>{@code w = w - a m / (sqrt(v) + epsilon)}, where {@code a = r sqrt(1 - beta_2^s) / (1 -
 *       beta_1^s)}
 * </ul>
 *
 * <p>Each product is fused with the sum it goes into (rounded once), {@code g^2} with {@code - v}
 * too; {@code a} is computed once for a step, in double precision. PyTorch adds epsilon to the
 * corrected root: its epsilon e is {@code e * sqrt(1 - beta_2^s)} here. Where a beta has a
 * schedule, the corrections use its value at the step.
 *
 * <p>Source: Kingma and Ba, "Adam: a method for stochastic optimization", 2015, section 2 (the
 * "epsilon hat" form); Adam of Keras 3.
 *
 * @param learningRate the size of a step; a constant lies in [0, inf)
 * @param beta1 the part of the mean of gradients kept from step to step; a constant lies in [0, 1)
 * @param beta2 the part of the mean of squared gradients kept from step to step; a constant lies in
 *     [0, 1)
 * @param epsilon what keeps the divisor from 0, in (0, inf)
 */
@Plugin(
    name = "adam",
    summary = "w = w - a * m / (sqrt(v) + epsilon), with means m of g and v of g^2",
    source = "Kingma and Ba 2015; Keras Adam")
public record Adam(
    @Param(value = "the size of a step", byDefault = "0.001", range = "[0, inf)", alias = "lr")
        Schedule learningRate,
    @Param(value = "the part of the mean of gradients kept", byDefault = "0.9", range = "[0, 1)")
        Schedule beta1,
    @Param(
            value = "the part of the mean of squared gradients kept",
            byDefault = "0.999",
            range = "[0, 1)")
        Schedule beta2,
    @Param(value = "what keeps the divisor from 0", byDefault = "1e-7", range = "(0, inf)")
        double epsilon)
    implements Optimizer {
  private static final String BETA_1 = "beta_1";
  private static final String BETA_2 = "beta_2";
  private static final String MEAN = "m";
  private static final String MEAN_OF_SQUARES = "v";

  /**
   * Checks the ranges.
   *
   * @throws InputException if a parameter is out of range
   */
  public Adam {
    Parameters.check(Adam.class, learningRate, beta1, beta2, epsilon);
  }

  @Override
  public List<Hyperparameter> hyperparameters() {
    return List.of(
        new Hyperparameter(LEARNING_RATE, learningRate),
        new Hyperparameter(BETA_1, beta1),
        new Hyperparameter(BETA_2, beta2));
  }

  @Override
  public UpdateRule rule() {
    return UpdateRule.of(hyperparameters(), List.of(MEAN, MEAN_OF_SQUARES), this::step);
  }

  @Override
  public Adam withLearningRate(Schedule schedule) {
    return new Adam(schedule, beta1, beta2, epsilon);
  }

  private void step(UpdateRule.Step step) {
    Lane one = Lane.of(1);
    Lane b1 = step.hyper(BETA_1);
    Lane b2 = step.hyper(BETA_2);
    Lane correction1 = one.minus(b1.power(step.number()));
    Lane correction2 = one.minus(b2.power(step.number()));
    Lane size = step.hyper(LEARNING_RATE).times(correction2.sqrt()).over(correction1);

    Lane g = step.gradient();
    Lane m = step.slot(MEAN);
    Lane v = step.slot(MEAN_OF_SQUARES);
    m = one.minus(b1).fma(g.minus(m), m);
    v = one.minus(b2).fma(g.fma(g, v.negate()), v);
    step.setSlot(MEAN, m);
    step.setSlot(MEAN_OF_SQUARES, v);
    step.setWeight(size.negate().fma(m.over(v.sqrt().plus(epsilon)), step.weight()));
  }
}
