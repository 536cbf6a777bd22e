package dev.anneal.optimizers;

import dev.anneal.api.Framework;
import dev.anneal.api.InputException;
import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.Hyperparameter;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.optimizer.StepBuilder;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.api.schedule.Schedule;
import java.util.List;

/**
 * Stochastic gradient descent, with momentum.
 *
 * <p>For a weight w, its gradient g and its velocity v, with a learning rate r and a momentum m:
 *
 * <ul>
 *   <li>momentum constant 0: {@code w = w - r g}; no velocity is kept, and {@code nesterov} changes
 *       nothing
 *   <li>in the form of Keras the velocity holds the learning rate: {@code v = m v - r g}, then
 *       {@code w = w + v}, or with {@code nesterov} {@code w = w + (m v - r g)}
 *   <li>in that of PyTorch and Optax it does not: {@code v = m v + (1 - dampening) g}, then {@code
 *       w = w - r v}, or with {@code nesterov} {@code w = w - r (g + m v)}
 * </ul>
 *
 * <p>The two forms agree while learning rate and momentum are constant, and differ once the rate
 * changes: in PyTorch's a fall of the rate is felt at once, in Keras's the velocity remembers it.
 * As in PyTorch, the first gradient enters the velocity undamped.
 *
 * <p>The product of rate and gradient is fused with the sum it goes into (rounded once); in Keras's
 * form {@code m v} is rounded first.
 *
 * <p>{@code decay} is that of legacy Keras: the learning rate in force is {@code r / (1 + decay *
 * iteration)}. It counts updates, not epochs, and multiplies with any schedule that the learning
 * rate has.
 *
 * <p>Weight decay with momentum is a trap: PyTorch adds it to the gradient, and the velocity
 * gathers it; Keras keeps it out.
 *
 * <p>Source: SGD of Keras 3, with the argument {@code decay} of Keras 2; SGD of PyTorch.
 */
@Plugin(
    name = "sgd",
    summary = "v = momentum * v - learning_rate * g; w = w + v",
    source = "Keras SGD; PyTorch SGD")
public record Sgd(
    @Param(value = "the size of a step", byDefault = "0.01", range = "[0, inf)", alias = "lr")
        Schedule learningRate,
    @Param(
            value = "the part of the velocity kept from step to step",
            byDefault = "0",
            range = "[0, 1]",
            unusedAtZero = true)
        Schedule momentum,
    @Param(value = "whether to step from where the velocity leads", byDefault = "false")
        boolean nesterov,
    @Param(
            value = "divides the learning rate by 1 + decay * iteration",
            byDefault = "0",
            range = "[0, inf)")
        double decay,
    @Param(
            value = "the part of the gradient that the velocity leaves out, with dialect=torch",
            byDefault = "0",
            range = "[0, 1]",
            unusedAtZero = true)
        Schedule dampening,
    @Param(
            value = "how strongly weights are pulled towards 0",
            byDefault = "0",
            range = "[0, inf)",
            unusedAtZero = true)
        Schedule weightDecay,
    @Param(value = "how weight decay is applied", byDefault = "native")
        WeightDecayForm weightDecayForm,
    @Param(
            value = "whose form of the rule",
            byDefault = "keras",
            choices = {"keras", "torch", "optax"})
        Framework dialect)
    implements Optimizer {

  /**
   * Checks that dampening is possible.
   *
   * @throws InputException if the dialect or Nesterov's form has no dampening
   */
  public Sgd {
    if (!Terms.isZero(dampening) && (dialect != Framework.TORCH || nesterov)) {
      throw new InputException("sgd: dampening needs dialect=torch and nesterov=false");
    }
  }

  @Override
  public List<Hyperparameter> hyperparameters() {
    return LegacyDecay.apply(decay, Optimizer.super.hyperparameters());
  }

  private WeightDecay pull() {
    return WeightDecay.of(weightDecay, weightDecayForm, dialect);
  }

  private Velocity velocity() {
    return new Velocity(momentum, nesterov, dialect == Framework.KERAS);
  }

  private boolean damped() {
    return !velocity().none() && !Terms.isZero(dampening);
  }

  private Expression undamped(StepBuilder step) {
    Expression part = Terms.ONE.minus(step.hyperparameter(dampening));
    return step.number().ifLess(Terms.TWO, Terms.ONE, part);
  }

  @Override
  public void step(StepBuilder step) {
    Expression g = pull().gradient(step);
    velocity().descend(step, pull(), g, damped() ? g.times(undamped(step)) : g);
  }
}
