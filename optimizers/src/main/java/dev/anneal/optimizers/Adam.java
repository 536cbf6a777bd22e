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

  private Expression largest(StepBuilder step, Expression v) {
    if (!amsgrad) {
      return v;
    }
    Expression largest = step.slot(MAX).max(v);
    step.set(MAX, largest);
    return largest;
  }

  @Override
  public void step(StepBuilder step) {
    Expression g = decay().gradient(step);
    Expression b1 = step.hyperparameter(BETA_1);
    Expression b2 = step.hyperparameter(BETA_2);
    Expression correction1 = RuleExpressions.correction(b1, step.number());
    Expression correction2 = correctSquares ? RuleExpressions.correction(b2, step.number()) : RuleExpressions.ONE;
    Expression m = RuleExpressions.mean(step.slot(M), b1, g);
    Expression v = RuleExpressions.meanOfSquares(step.slot(V), b2, g);
    step.set(M, m);
    step.set(V, v);
    Expression e = step.hyperparameter(EPSILON);
    Expression rate = step.hyperparameter(LEARNING_RATE);
    if (dialect == Dialect.KERAS) {
      Expression size = rate.times(correction2.sqrt()).dividedBy(correction1);
      decay().move(step, size.negate(), m.dividedBy(largest(step, v).sqrt().plus(e)));
      return;
    }
    boolean corrected = amsgrad && dialect == Dialect.OPTAX;
    Expression divisor =
        corrected
            ? largest(step, v.times(RuleExpressions.ONE.dividedBy(correction2))).sqrt().plus(e)
            : RuleExpressions.correctedRoot(largest(step, v), correction2, e);
    decay().move(step, rate.dividedBy(correction1).negate(), m.dividedBy(divisor));
  }
}
