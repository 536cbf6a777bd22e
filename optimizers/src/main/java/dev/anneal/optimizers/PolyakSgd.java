package dev.anneal.optimizers;

import dev.anneal.core.InputException;
import dev.anneal.core.lane.Lane;
import dev.anneal.core.optimize.Extent;
import dev.anneal.core.optimize.Hyperparameter;
import dev.anneal.core.optimize.Optimizer;
import dev.anneal.core.optimize.Step;
import dev.anneal.core.schedule.Schedule;
import dev.anneal.core.spec.Param;
import dev.anneal.core.spec.Parameters;
import dev.anneal.core.spec.Plugin;
import java.util.List;

/**
 * Descent with Polyak's step: as long as it would take to bring the loss to its least value, were
 * the loss linear.
 *
 * <ul>
 *   <li>{@code size = min((loss - lowest) / (|g|^2 + epsilon), learning_rate)}, and 0 where {@code
 *       |g|^2 + epsilon} is below 2.2e-16; the norm is over all parameters that the optimizer has
 *   <li>{@code w = w - size g}
 * </ul>
 *
 * <p>The learning rate bounds the step: Optax's {@code max_learning_rate}; its {@code scaling} is
 * 1. A loss below {@code lowest} steps up the gradient, unless {@code positive} is set (Optax's
 * variant sps+), or the rate is 0. The size is reported as {@code step_size}.
 *
 * <p>Source: Loizou, Vaswani, Laradji and Lacoste-Julien, "Stochastic Polyak step-size for SGD",
 * 2021; polyak_sgd of Optax.
 *
 * @param learningRate the largest size; a constant lies in [0, inf)
 * @param lowest the least loss that can be
 * @param epsilon added to the squared norm; a constant lies in [0, inf)
 * @param positive whether a loss below the least is taken for the least
 */
@Plugin(
    name = "polyak-sgd",
    summary = "w = w - min((loss - lowest) / |g|^2, learning_rate) * g",
    source = "Loizou et al. 2021; Optax polyak_sgd")
public record PolyakSgd(
    @Param(
            value = "the largest size of a step",
            byDefault = "1",
            range = "[0, inf)",
            alias = "max_learning_rate")
        Schedule learningRate,
    @Param(value = "the least loss that can be", byDefault = "0", alias = "f_min") double lowest,
    @Param(value = "added to the squared norm", byDefault = "0", range = "[0, inf)")
        Schedule epsilon,
    @Param(value = "whether a loss below the least is taken for it", byDefault = "false")
        boolean positive)
    implements Optimizer {
  private static final String EPSILON = "epsilon";

  /**
   * Checks the ranges.
   *
   * @throws InputException if a parameter is out of range
   */
  public PolyakSgd {
    Parameters.check(PolyakSgd.class, learningRate, lowest, epsilon, positive);
  }

  @Override
  public List<Hyperparameter> hyperparameters() {
    return List.of(
        new Hyperparameter(LEARNING_RATE, learningRate), new Hyperparameter(EPSILON, epsilon));
  }

  @Override
  public PolyakSgd withLearningRate(Schedule schedule) {
    return new PolyakSgd(schedule, lowest, epsilon, positive);
  }

  @Override
  public void step(Step step) {
    Lane g = step.gradient();
    Lane above = step.loss().minus(Lane.of(lowest));
    Lane gap = positive ? above.max(Parts.ZERO) : above;
    Lane divisor = step.sum(Extent.GROUP, g.times(g)).plus(step.hyper(EPSILON));
    Lane rate = step.hyper(LEARNING_RATE);
    Lane bounded = Parts.ZERO.ifLess(rate, gap.over(divisor).min(rate), Parts.ZERO);
    Lane size = Parts.DOUBLE_EPSILON.ifLess(divisor, bounded, Parts.ZERO);
    step.report("step_size", size);
    step.setWeight(size.negate().fma(g, step.weight()));
  }
}
