package dev.anneal.optimizers;

import dev.anneal.core.InputException;
import dev.anneal.core.lane.Lane;
import dev.anneal.core.optimize.Hyperparameter;
import dev.anneal.core.optimize.Optimizer;
import dev.anneal.core.optimize.Slot;
import dev.anneal.core.optimize.Step;
import dev.anneal.core.schedule.Schedule;
import dev.anneal.core.spec.Param;
import dev.anneal.core.spec.Parameters;
import dev.anneal.core.spec.Plugin;
import java.util.List;

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
 * are rho 0.9 and epsilon 1e-6. Native weight decay is that of Keras; PyTorch's is coupled.
 *
 * <p>Source: Zeiler, "ADADELTA: an adaptive learning rate method", 2012; Adadelta of Keras 3.
 *
 * @param learningRate the size of a step; a constant lies in [0, inf)
 * @param rho the part of the means of squares kept; a constant lies in [0, 1)
 * @param epsilon what keeps the divisor from 0; a constant lies in (0, inf)
 * @param weightDecay how strongly weights are pulled towards 0; a constant lies in [0, inf)
 * @param weightDecayForm the form of weight decay, by default decoupled
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
    @Param(value = "how strongly weights are pulled towards 0", byDefault = "0", range = "[0, inf)")
        Schedule weightDecay,
    @Param(value = "how weight decay is applied", byDefault = "native")
        WeightDecayForm weightDecayForm)
    implements Optimizer {
  private static final String RHO = "rho";
  private static final String EPSILON = "epsilon";
  private static final Slot A = new Slot("a");
  private static final Slot U = new Slot("u");

  /**
   * Checks the ranges.
   *
   * @throws InputException if a parameter is out of range
   */
  public Adadelta {
    Parameters.check(Adadelta.class, learningRate, rho, epsilon, weightDecay, weightDecayForm);
  }

  @Override
  public List<Hyperparameter> hyperparameters() {
    return decay()
        .after(
            new Hyperparameter(LEARNING_RATE, learningRate),
            new Hyperparameter(RHO, rho),
            new Hyperparameter(EPSILON, epsilon));
  }

  @Override
  public Adadelta withLearningRate(Schedule schedule) {
    return new Adadelta(schedule, rho, epsilon, weightDecay, weightDecayForm);
  }

  private WeightDecay decay() {
    return WeightDecay.of(weightDecay, weightDecayForm, false);
  }

  @Override
  public void step(Step step) {
    Lane g = decay().gradient(step);
    Lane rho = step.hyper(RHO);
    Lane e = step.hyper(EPSILON);
    Lane u = step.slot(U);
    Lane a = Parts.meanOfSquares(step.slot(A), rho, g);
    Lane d = u.plus(e).over(a.plus(e)).sqrt().times(g);
    step.set(A, a);
    step.set(U, Parts.meanOfSquares(u, rho, d));
    decay().move(step, step.hyper(LEARNING_RATE).negate(), d);
  }
}
