package dev.anneal.optimizers;

import dev.anneal.api.InputException;
import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.Hyperparameter;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.optimizer.StepBuilder;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Parameters;
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
 *
 * @param learningRate the size of a step; a constant lies in [0, inf)
 * @param momentum the part of the velocity kept from step to step; a constant lies in [0, 1]
 * @param nesterov whether to step from where the velocity leads
 * @param decay how fast the learning rate falls with each update, in [0, inf)
 * @param dampening the part of the gradient that the velocity leaves out; a constant lies in [0, 1]
 * @param weightDecay how strongly weights are pulled towards 0; a constant lies in [0, inf)
 * @param weightDecayForm the form of weight decay, by default that of the dialect
 * @param dialect whose form of the rule
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
            range = "[0, 1]")
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
            range = "[0, 1]")
        Schedule dampening,
    @Param(value = "how strongly weights are pulled towards 0", byDefault = "0", range = "[0, inf)")
        Schedule weightDecay,
    @Param(value = "how weight decay is applied", byDefault = "native")
        WeightDecayForm weightDecayForm,
    @Param(value = "whose form of the rule", byDefault = "keras") Dialect dialect)
    implements Optimizer {
  private static final String DAMPENING = "dampening";

  /**
   * Checks the ranges.
   *
   * @throws InputException if a parameter is out of range
   */
  public Sgd {
    Parameters.check(
        Sgd.class,
        learningRate,
        momentum,
        nesterov,
        decay,
        dampening,
        weightDecay,
        weightDecayForm,
        dialect);
    if (!RuleExpressions.isZero(dampening) && (dialect != Dialect.TORCH || nesterov)) {
      throw new InputException("sgd: dampening needs dialect=torch and nesterov=false");
    }
  }

  @Override
  public List<Hyperparameter> hyperparameters() {
    Schedule inForce = decay > 0 ? new LegacyDecay(learningRate, decay) : learningRate;
    Hyperparameter rate = new Hyperparameter(LEARNING_RATE, inForce);
    return pull()
        .after(
            damped()
                ? velocity().after(rate, new Hyperparameter(DAMPENING, dampening))
                : velocity().after(rate));
  }

  @Override
  public Sgd withLearningRate(Schedule schedule) {
    return new Sgd(
        schedule, momentum, nesterov, decay, dampening, weightDecay, weightDecayForm, dialect);
  }

  private WeightDecay pull() {
    return WeightDecay.of(weightDecay, weightDecayForm, dialect);
  }

  private Velocity velocity() {
    return new Velocity(momentum, nesterov, dialect == Dialect.KERAS);
  }

  private boolean damped() {
    return !velocity().none() && !RuleExpressions.isZero(dampening);
  }

  private static Expression undamped(StepBuilder step) {
    Expression part = RuleExpressions.ONE.minus(step.hyperparameter(DAMPENING));
    return step.number().ifLess(RuleExpressions.TWO, RuleExpressions.ONE, part);
  }

  @Override
  public void step(StepBuilder step) {
    Expression g = pull().gradient(step);
    velocity().descend(step, pull(), g, damped() ? g.times(undamped(step)) : g);
  }
}
