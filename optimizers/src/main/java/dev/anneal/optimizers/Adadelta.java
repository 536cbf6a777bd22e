package dev.anneal.optimizers;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.optimizer.Slot;
import dev.anneal.api.optimizer.StepBuilder;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.api.schedule.Schedule;

/**
 * Adadelta: steps in the unit of the weights, from running means of squared gradients and of
 * squared steps.
 *
 * <ul>
 *   <li>{@code a = a + (1 - rho) (g^2 - a)}
 *   <li>{@code d = g sqrt((u + epsilon) / (a + epsilon))}
 *   <li>{@code u = u + (1 - rho) (d^2 - u)}, and {@code w = w - learning_rate d}
 * </ul>
 *
 * <p>Keras, PyTorch and Optax agree on the form, not on the numbers. Keras's default rate of 0.001
 * is a thousandth of the paper's, PyTorch's and Optax's 1, and learns accordingly slowly; theirs
 * are rho 0.9 and epsilon 1e-6. Native weight decay is that of Keras; PyTorch's and Optax's is
 * coupled.
 *
 * <p>Source: Zeiler, "ADADELTA: an adaptive learning rate method", 2012; Adadelta of Keras 3.
 */
@Plugin(
    name = "adadelta",
    summary = "w = w - learning_rate * d, with d = g * sqrt((u + epsilon) / (a + epsilon))",
    source = "Zeiler 2012; Keras Adadelta")
public record Adadelta(
    @Param(value = "the size of a step", byDefault = "0.001", range = "[0, inf)", alias = "lr")
        Schedule learningRate,
    @Param(value = "the part of the means of squares kept", byDefault = "0.95", range = "[0, 1)")
        Schedule rho,
    @Param(value = "what keeps the divisor from 0", byDefault = "1e-7", range = "(0, inf)")
        Schedule epsilon,
    @Param(
            value = "how strongly weights are pulled towards 0",
            byDefault = "0",
            range = "[0, inf)",
            unusedAtZero = true)
        Schedule weightDecay,
    @Param(value = "how weight decay is applied", byDefault = "native")
        WeightDecayForm weightDecayForm)
    implements Optimizer {
  private static final Slot A = new Slot("a");
  private static final Slot U = new Slot("u");

  private WeightDecay decay() {
    return WeightDecay.of(weightDecay, weightDecayForm, false);
  }

  @Override
  public void step(StepBuilder step) {
    Expression g = decay().gradient(step);
    Expression rho = step.hyperparameter(this.rho);
    Expression e = step.hyperparameter(epsilon);
    Expression u = step.slot(U);
    Expression a = Terms.meanOfSquares(step.slot(A), rho, g);
    Expression d = u.plus(e).dividedBy(a.plus(e)).sqrt().times(g);
    step.set(A, a);
    step.set(U, Terms.meanOfSquares(u, rho, d));
    decay().move(step, step.learningRate().negate(), d);
  }
}
