package dev.anneal.optimizers;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.optimizer.Slot;
import dev.anneal.api.optimizer.StepBuilder;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.api.schedule.Schedule;

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
            alias = "beta",
            unusedAtZero = true)
        Schedule momentum,
    @Param(
            value = "how strongly weights are pulled towards 0",
            byDefault = "0",
            range = "[0, inf)",
            unusedAtZero = true)
        Schedule weightDecay,
    @Param(value = "how weight decay is applied", byDefault = "native")
        WeightDecayForm weightDecayForm)
    implements Optimizer {
  private static final Slot M = new Slot("m");

  private WeightDecay decay() {
    return WeightDecay.of(weightDecay, weightDecayForm, false);
  }

  private boolean averages() {
    return !Terms.isZero(momentum);
  }

  @Override
  public void step(StepBuilder step) {
    Expression direction = decay().gradient(step);
    if (averages()) {
      direction = Terms.mean(step.slot(M), step.hyperparameter(momentum), direction);
      step.set(M, direction);
    }
    decay().move(step, step.learningRate().negate(), Terms.sign(direction));
  }
}
