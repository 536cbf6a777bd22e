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
 * Signum: every weight moves by the learning rate against the sign of the mean of its gradients;
 * with a momentum of constant 0, signSGD, against that of the gradient.
 *
 * <ul>
 *   <li>{@code m = m + (1 - momentum) (g - m)}
 *   <li>{@code w = w - learning_rate * sign(m)}
 * </ul>
 *
 * <p>The sign of 0 is 0. Weight decay is decoupled by default; coupled, only its sign would count.
 * The momentum's default is Optax's; it has none for the rate, which is Lion's here.
 *
 * <p>Source: Bernstein et al., "signSGD: compressed optimisation for non-convex problems", 2018;
 * {@code signum} of Optax.
 *
 * @param learningRate the size of a step; a constant lies in [0, inf)
 * @param momentum the part of the mean of gradients kept; a constant lies in [0, 1)
 * @param weightDecay how strongly weights are pulled towards 0; a constant lies in [0, inf)
 * @param weightDecayForm the form of weight decay, by default decoupled
 */
@Plugin(
    name = "signum",
    summary = "w = w - learning_rate * sign(m), with the mean m of g",
    source = "Bernstein et al. 2018; Optax signum")
public record Signum(
    @Param(value = "the size of a step", byDefault = "0.001", range = "[0, inf)", alias = "lr")
        Schedule learningRate,
    @Param(
            value = "the part of the mean of gradients kept",
            byDefault = "0.9",
            range = "[0, 1)",
            alias = "beta")
        Schedule momentum,
    @Param(value = "how strongly weights are pulled towards 0", byDefault = "0", range = "[0, inf)")
        Schedule weightDecay,
    @Param(value = "how weight decay is applied", byDefault = "native")
        WeightDecayForm weightDecayForm)
    implements Optimizer {
  private static final String MOMENTUM = "momentum";
  private static final Slot M = new Slot("m");

  /**
   * Checks the ranges.
   *
   * @throws InputException if a parameter is out of range
   */
  public Signum {
    Parameters.check(Signum.class, learningRate, momentum, weightDecay, weightDecayForm);
  }

  @Override
  public List<Hyperparameter> hyperparameters() {
    Hyperparameter rate = new Hyperparameter(LEARNING_RATE, learningRate);
    return averages()
        ? decay().after(rate, new Hyperparameter(MOMENTUM, momentum))
        : decay().after(rate);
  }

  @Override
  public Signum withLearningRate(Schedule schedule) {
    return new Signum(schedule, momentum, weightDecay, weightDecayForm);
  }

  private WeightDecay decay() {
    return WeightDecay.of(weightDecay, weightDecayForm, false);
  }

  private boolean averages() {
    return !RuleExpressions.isZero(momentum);
  }

  @Override
  public void step(StepBuilder step) {
    Expression direction = decay().gradient(step);
    if (averages()) {
      direction = RuleExpressions.mean(step.slot(M), step.hyperparameter(MOMENTUM), direction);
      step.set(M, direction);
    }
    decay().move(step, step.hyperparameter(LEARNING_RATE).negate(), RuleExpressions.sign(direction));
  }
}
