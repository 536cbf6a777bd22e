package dev.anneal.optimizers;

import dev.anneal.api.Framework;
import dev.anneal.api.InputException;
import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.optimizer.Slot;
import dev.anneal.api.optimizer.StepBuilder;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.api.schedule.Schedule;

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
 * takes c2 as 1. {@code epsilon_root} is Optax's alone: added to {@code v / c2} within the root;
 * its {@code adamw} is this rule with {@code weight_decay}.
 *
 * <p>Each product is fused with the sum it goes into (rounded once), {@code g^2} with {@code - v}
 * too; what is the same for all weights is computed once for a step, in double precision.
 *
 * <p>Source: Kingma and Ba, "Adam: a method for stochastic optimization", 2015, Keras having the
 * "epsilon hat" form of its section 2; Reddi, Kale and Kumar, "On the convergence of Adam and
 * beyond", 2018.
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
    @Param(
            value = "what is added within the root, with dialect=optax",
            byDefault = "0",
            range = "[0, inf)",
            alias = "eps_root",
            unusedAtZero = true)
        Schedule epsilonRoot,
    @Param(value = "whether to divide by the largest v so far", byDefault = "false")
        boolean amsgrad,
    @Param(value = "whether v is corrected for its start at 0", byDefault = "true")
        boolean correctSquares,
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
  private static final Slot M = new Slot("m");
  private static final Slot V = new Slot("v");
  private static final Slot MAX = new Slot("v_max");

  /**
   * Checks that there is an epsilon within the root.
   *
   * @throws InputException if the dialect has none
   */
  public Adam {
    if (!Terms.isZero(epsilonRoot) && dialect != Framework.OPTAX) {
      throw new InputException("adam: epsilon_root needs dialect=optax");
    }
  }

  private WeightDecay decay() {
    return WeightDecay.of(weightDecay, weightDecayForm, dialect);
  }

  private Expression largest(StepBuilder step, Expression v) {
    if (!amsgrad) {
      return v;
    }
    Expression largest = step.slot(MAX).max(v);
    step.set(MAX, largest);
    return largest;
  }

  /** Whether the mean of squares is corrected before anything else is done with it. */
  private boolean correctedFirst() {
    return dialect == Framework.OPTAX && (amsgrad || !Terms.isZero(epsilonRoot));
  }

  private Expression withRoot(StepBuilder step, Expression square) {
    return Terms.isZero(epsilonRoot) ? square : square.plus(step.hyperparameter(epsilonRoot));
  }

  @Override
  public void step(StepBuilder step) {
    Expression g = decay().gradient(step);
    Expression b1 = step.hyperparameter(beta1);
    Expression b2 = step.hyperparameter(beta2);
    Expression correction1 = Terms.correction(b1, step.number());
    Expression correction2 = correctSquares ? Terms.correction(b2, step.number()) : Terms.ONE;
    Expression m = Terms.mean(step.slot(M), b1, g);
    Expression v = Terms.meanOfSquares(step.slot(V), b2, g);
    step.set(M, m);
    step.set(V, v);
    Expression e = step.hyperparameter(epsilon);
    Expression rate = step.learningRate();
    if (dialect == Framework.KERAS) {
      Expression size = rate.times(correction2.sqrt()).dividedBy(correction1);
      decay().move(step, size.negate(), m.dividedBy(largest(step, v).sqrt().plus(e)));
      return;
    }
    Expression divisor =
        correctedFirst()
            ? withRoot(step, largest(step, v.times(Terms.ONE.dividedBy(correction2))))
                .sqrt()
                .plus(e)
            : Terms.correctedRoot(largest(step, v), correction2, e);
    decay().move(step, rate.dividedBy(correction1).negate(), m.dividedBy(divisor));
  }
}
