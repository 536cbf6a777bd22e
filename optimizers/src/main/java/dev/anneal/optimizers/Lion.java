package dev.anneal.optimizers;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.optimizer.Slot;
import dev.anneal.api.optimizer.StepBuilder;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.api.schedule.Schedule;

/**
 * Lion: every weight moves by the learning rate, up or down.
 *
 * <ul>
 *   <li>{@code w = w - learning_rate * sign(beta_1 m + (1 - beta_1) g)}
 *   <li>{@code m = beta_2 m + (1 - beta_2) g}, afterwards
 * </ul>
 *
 * <p>The sign of 0 is 0. Keras and Optax agree. Lion wants a rate three to ten times smaller than
 * Adam's, and a weight decay as many times larger; Optax has 0.001 for it by default.
 *
 * <p>Source: Chen et al., "Symbolic discovery of optimization algorithms", 2023; Lion of Keras 3.
 */
@Plugin(
    name = "lion",
    summary = "w = w - learning_rate * sign(beta_1 m + (1 - beta_1) g)",
    source = "Chen et al. 2023; Keras Lion")
public record Lion(
    @Param(value = "the size of a step", byDefault = "0.001", range = "[0, inf)", alias = "lr")
        Schedule learningRate,
    @Param(
            value = "the part of the mean in the direction of a step",
            byDefault = "0.9",
            range = "[0, 1)")
        Schedule beta1,
    @Param(value = "the part of the mean of gradients kept", byDefault = "0.99", range = "[0, 1)")
        Schedule beta2,
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

  @Override
  public void step(StepBuilder step) {
    Expression g = decay().gradient(step);
    Expression m = step.slot(M);
    Expression direction = Terms.sign(Terms.mean(m, step.hyperparameter(beta1), g));
    step.set(M, Terms.mean(m, step.hyperparameter(beta2), g));
    decay().move(step, step.learningRate().negate(), direction);
  }
}
