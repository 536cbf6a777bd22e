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
 * Adam. By default in the form of Keras: the bias corrections go into the step size, and epsilon is
 * added to the uncorrected root.
 *
 * <p>For a weight w and its gradient g, with a learning rate r, at step s counted from 1:
 *
 * <ul>
 *   <li>{@code m = m + (1 - beta_1) (g - m)} and {@code v = v + (1 - beta_2) (g^2 - v)}
 *   <li>{@code c1 = 1 - beta_1^s} and {@code c2 = 1 - beta_2^s}
 *   <li>Keras: {@code w = w - r sqrt(c2) / c1 * m / (sqrt(v) + epsilon)}
 *   <li>PyTorch, Optax: {@code w = w - r / c1 * m / (sqrt(v / c2) + epsilon)}
 * </ul>
 *
 * <p>The epsilon e of PyTorch is {@code e sqrt(c2)} in Keras's form: 0.03 e at the first step with
 * the default beta. Where a beta has a schedule, the corrections use its value at the step.
 *
 * <p>AMSGrad divides by the largest v so far: the largest uncorrected one in Keras and PyTorch,
 * which correct it afterwards, the largest {@code v / c2} in Optax. {@code correct_squares=false}
 * takes c2 as 1.
 *
 * <p>Each product is fused with the sum it goes into (rounded once), {@code g^2} with {@code - v}
 * too; what is the same for all weights is computed once for a step, in double precision.
 *
 * <p>Source: Kingma and Ba, "Adam: a method for stochastic optimization", 2015, Keras having the
 * "epsilon hat" form of its section 2; Reddi, Kale and Kumar, "On the convergence of Adam and
 * beyond", 2018.
 *
 * @param learningRate the size of a step; a constant lies in [0, inf)
 * @param beta1 the part of the mean of gradients kept; a constant lies in [0, 1)
 * @param beta2 the part of the mean of squared gradients kept; a constant lies in [0, 1)
 * @param epsilon what keeps the divisor from 0; a constant lies in (0, inf)
 * @param amsgrad whether to divide by the largest v so far
 * @param correctSquares whether v is corrected for its start at 0
 * @param weightDecay how strongly weights are pulled towards 0; a constant lies in [0, inf)
 * @param weightDecayForm the form of weight decay, by default that of the dialect
 * @param dialect whose form of the rule
 */
@Plugin(
    name = "adam",
    summary = "w = w - a * m / (sqrt(v) + epsilon), with means m of g and v of g^2",
    source = "Kingma and Ba 2015; Keras Adam")
public record Adam(
    @Param(value = "the size of a step", byDefault = "0.001", range = "[0, inf)", alias = "lr")
        Schedule learningRate,
    @Param(value = "the part of the mean of gradients kept", byDefault = "0.9", range = "[0, 1)")
        Schedule beta1,
    @Param(
            value = "the part of the mean of squared gradients kept",
            byDefault = "0.999",
            range = "[0, 1)")
        Schedule beta2,
    @Param(value = "what keeps the divisor from 0", byDefault = "1e-7", range = "(0, inf)")
        Schedule epsilon,
    @Param(value = "whether to divide by the largest v so far", byDefault = "false")
        boolean amsgrad,
    @Param(value = "whether v is corrected for its start at 0", byDefault = "true")
        boolean correctSquares,
    @Param(value = "how strongly weights are pulled towards 0", byDefault = "0", range = "[0, inf)")
        Schedule weightDecay,
    @Param(value = "how weight decay is applied", byDefault = "native")
        WeightDecayForm weightDecayForm,
    @Param(value = "whose form of the rule", byDefault = "keras") Dialect dialect)
    implements Optimizer {
  private static final String BETA_1 = "beta_1";
  private static final String BETA_2 = "beta_2";
  private static final String EPSILON = "epsilon";
  private static final Slot M = new Slot("m");
  private static final Slot V = new Slot("v");
  private static final Slot MAX = new Slot("v_max");

  /**
   * Checks the ranges.
   *
   * @throws InputException if a parameter is out of range
   */
  public Adam {
    Parameters.check(
        Adam.class,
        learningRate,
        beta1,
        beta2,
        epsilon,
        amsgrad,
        correctSquares,
        weightDecay,
        weightDecayForm,
        dialect);
  }

  @Override
  public List<Hyperparameter> hyperparameters() {
    return decay()
        .after(
            new Hyperparameter(LEARNING_RATE, learningRate),
            new Hyperparameter(BETA_1, beta1),
            new Hyperparameter(BETA_2, beta2),
            new Hyperparameter(EPSILON, epsilon));
  }

  @Override
  public Adam withLearningRate(Schedule schedule) {
    return new Adam(
        schedule,
        beta1,
        beta2,
        epsilon,
        amsgrad,
        correctSquares,
        weightDecay,
        weightDecayForm,
        dialect);
  }

  private WeightDecay decay() {
    return WeightDecay.of(weightDecay, weightDecayForm, dialect);
  }

  private Lane largest(Step step, Lane v) {
    if (!amsgrad) {
      return v;
    }
    Lane largest = step.slot(MAX).max(v);
    step.set(MAX, largest);
    return largest;
  }

  @Override
  public void step(Step step) {
    Lane g = decay().gradient(step);
    Lane b1 = step.hyper(BETA_1);
    Lane b2 = step.hyper(BETA_2);
    Lane correction1 = Parts.correction(b1, step.number());
    Lane correction2 = correctSquares ? Parts.correction(b2, step.number()) : Parts.ONE;
    Lane m = Parts.mean(step.slot(M), b1, g);
    Lane v = Parts.meanOfSquares(step.slot(V), b2, g);
    step.set(M, m);
    step.set(V, v);
    Lane e = step.hyper(EPSILON);
    Lane rate = step.hyper(LEARNING_RATE);
    if (dialect == Dialect.KERAS) {
      Lane size = rate.times(correction2.sqrt()).over(correction1);
      decay().move(step, size.negate(), m.over(largest(step, v).sqrt().plus(e)));
      return;
    }
    boolean corrected = amsgrad && dialect == Dialect.OPTAX;
    Lane divisor =
        corrected
            ? largest(step, v.times(Parts.ONE.over(correction2))).sqrt().plus(e)
            : Parts.correctedRoot(largest(step, v), correction2, e);
    decay().move(step, rate.over(correction1).negate(), m.over(divisor));
  }
}
