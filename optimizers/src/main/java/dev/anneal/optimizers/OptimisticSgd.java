package dev.anneal.optimizers;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.optimizer.Slot;
import dev.anneal.api.optimizer.StepBuilder;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.api.schedule.Schedule;

/**
 * Optimistic gradient descent: a step along the gradient that is expected next, if it goes on
 * changing as it did. Made for games, where plain descent goes round in circles.
 *
 * <ul>
 *   <li>{@code d = (alpha + beta) g - beta p}, with the previous gradient p, at first g itself
 *   <li>{@code w = w - learning_rate d}
 * </ul>
 *
 * <p>Weight decay is decoupled by default; coupled decay goes into g, and p remembers it. The
 * defaults are Optax's, which has neither a default rate nor weight decay.
 *
 * <p>Source: Mokhtari, Ozdaglar and Pattathil, "A unified analysis of extra-gradient and optimistic
 * gradient methods for saddle point problems: proximal point approach", 2019; {@code
 * optimistic_gradient_descent} of Optax.
 */
@Plugin(
    name = "optimistic-sgd",
    summary = "w = w - learning_rate * ((alpha + beta) * g - beta * p), with the previous g as p",
    source = "Mokhtari, Ozdaglar and Pattathil 2019; Optax optimistic_gradient_descent")
public record OptimisticSgd(
    @Param(value = "the size of a step", byDefault = "0.01", range = "[0, inf)", alias = "lr")
        Schedule learningRate,
    @Param(value = "the weight of the gradient", byDefault = "1", range = "[0, inf)")
        Schedule alpha,
    @Param(value = "the weight of its change", byDefault = "1", range = "[0, inf)") Schedule beta,
    @Param(
            value = "how strongly weights are pulled towards 0",
            byDefault = "0",
            range = "[0, inf)",
            unusedAtZero = true)
        Schedule weightDecay,
    @Param(value = "how weight decay is applied", byDefault = "native")
        WeightDecayForm weightDecayForm)
    implements Optimizer {
  private static final Slot PREVIOUS = new Slot("gradient");

  private WeightDecay decay() {
    return WeightDecay.of(weightDecay, weightDecayForm, false);
  }

  @Override
  public void step(StepBuilder step) {
    Expression g = decay().gradient(step);
    Expression change = step.number().ifLess(Terms.TWO, Terms.ZERO, g.minus(step.slot(PREVIOUS)));
    step.set(PREVIOUS, g);
    Expression expected =
        step.hyperparameter(beta).fma(change, step.hyperparameter(alpha).times(g));
    decay().move(step, step.learningRate().negate(), expected);
  }
}
