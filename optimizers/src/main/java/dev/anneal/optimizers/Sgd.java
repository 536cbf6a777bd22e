package dev.anneal.optimizers;

import dev.anneal.core.InputException;
import dev.anneal.core.lane.Lane;
import dev.anneal.core.optimize.Hyperparameter;
import dev.anneal.core.optimize.Optimizer;
import dev.anneal.core.optimize.UpdateRule;
import dev.anneal.core.schedule.Constant;
import dev.anneal.core.schedule.Schedule;
import dev.anneal.core.spec.Param;
import dev.anneal.core.spec.Parameters;
import dev.anneal.core.spec.Plugin;
import java.util.ArrayList;
import java.util.List;

/**
 * Stochastic gradient descent, with momentum in the form of Keras: the velocity holds the learning
 * rate.
 *
 * <p>For a weight w, its gradient g and its velocity v, with a learning rate r and a momentum m:
 *
 * <ul>
 *   <li>momentum constant 0: {@code w = w - r g}; no velocity is kept, and {@code nesterov} changes
 *       nothing
 *   <li>otherwise: {@code v = m v - r g}, then {@code w = w + v}
 *   <li>with {@code nesterov}: {@code v = m v - r g}, then {@code w = w + (m v - r g)} with the new
 *       v
 * </ul>
 *
 * <p>The product {@code r g} is fused with the sum it goes into (rounded once); {@code m v} is
 * rounded first. PyTorch keeps the learning rate out of the velocity: the two agree while it is
 * constant, and differ once it changes.
 *
 * <p>{@code decay} is that of legacy Keras: the learning rate in force is {@code r / (1 + decay *
 * iteration)}. It counts updates, not epochs, and multiplies with any schedule that the learning
 * rate has.
 *
 * <p>Source: SGD of Keras 3, with the argument {@code decay} of Keras 2.
 *
 * @param learningRate the size of a step; a constant lies in [0, inf)
 * @param momentum the part of the velocity kept from step to step; a constant lies in [0, 1]
 * @param nesterov whether to step from where the velocity leads
 * @param decay how fast the learning rate falls with each update, in [0, inf)
 */
@Plugin(
    name = "sgd",
    summary = "v = momentum * v - learning_rate * g; w = w + v",
    source = "Keras SGD")
public record Sgd(
    @Param(value = "the size of a step", byDefault = "0.01", range = "[0, inf)", alias = "lr")
        Schedule learningRate,
    @Param(
            value = "the part of the velocity kept from step to step",
            byDefault = "0",
            range = "[0, 1]")
        Schedule momentum,
    @Param(value = "whether to step from where the velocity leads", byDefault = "false")
        boolean nesterov,
    @Param(
            value = "divides the learning rate by 1 + decay * iteration",
            byDefault = "0",
            range = "[0, inf)")
        double decay)
    implements Optimizer {
  private static final String MOMENTUM = "momentum";
  private static final String VELOCITY = "velocity";

  /**
   * Checks the ranges.
   *
   * @throws InputException if a parameter is out of range
   */
  public Sgd {
    Parameters.check(Sgd.class, learningRate, momentum, nesterov, decay);
  }

  @Override
  public List<Hyperparameter> hyperparameters() {
    Schedule inForce = decay > 0 ? new LegacyDecay(learningRate, decay) : learningRate;
    List<Hyperparameter> all = new ArrayList<>(List.of(new Hyperparameter(LEARNING_RATE, inForce)));
    if (hasVelocity()) {
      all.add(new Hyperparameter(MOMENTUM, momentum));
    }
    return List.copyOf(all);
  }

  @Override
  public UpdateRule rule() {
    return hasVelocity()
        ? UpdateRule.of(hyperparameters(), List.of(VELOCITY), this::withVelocity)
        : UpdateRule.of(hyperparameters(), List.of(), Sgd::plain);
  }

  @Override
  public Sgd withLearningRate(Schedule schedule) {
    return new Sgd(schedule, momentum, nesterov, decay);
  }

  private boolean hasVelocity() {
    return !(momentum instanceof Constant(double value) && value == 0);
  }

  private static void plain(UpdateRule.Step step) {
    step.setWeight(descend(step, step.weight()));
  }

  private void withVelocity(UpdateRule.Step step) {
    Lane momentum = step.hyper(MOMENTUM);
    Lane velocity = descend(step, momentum.times(step.slot(VELOCITY)));
    step.setSlot(VELOCITY, velocity);
    step.setWeight(
        step.weight().plus(nesterov ? descend(step, momentum.times(velocity)) : velocity));
  }

  /** {@code from - learning_rate * gradient}, rounded once. */
  private static Lane descend(UpdateRule.Step step, Lane from) {
    return step.hyper(LEARNING_RATE).negate().fma(step.gradient(), from);
  }
}
