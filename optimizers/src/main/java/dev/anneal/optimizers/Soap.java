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
import dev.anneal.optimizers.matrix.Preconditioners;
import dev.anneal.optimizers.matrix.SoapBases;
import java.util.List;

/**
 * SOAP: Adam in the eigenbases of Shampoo, which follow the gradients slowly.
 *
 * <p>For a matrix W of weights with the gradient G, at step s:
 *
 * <ul>
 *   <li>{@code L = b L + (1 - b) G G^T} and {@code R = b R + (1 - b) G^T G} with {@code b =
 *       shampoo_beta}
 *   <li>the first step computes the eigenvectors P of L and Q of R, and moves nothing; every {@code
 *       precondition_frequency} steps after it they are followed by a power iteration, {@code L P}
 *       made orthogonal; V is sorted with them, and M turned
 *   <li>{@code M = beta_1 M + (1 - beta_1) P^T G Q} and {@code V = beta_2 V + (1 - beta_2) (P^T G
 *       Q)^2}
 *   <li>{@code D = P (M / (sqrt(V) + epsilon)) Q^T}
 *   <li>{@code W = (1 - learning_rate weight_decay) (W - r D)} with {@code r = learning_rate sqrt(1
 *       - beta_2^(s - 1)) / (1 - beta_1^(s - 1))}
 * </ul>
 *
 * <p>The step uses the eigenvectors of the steps before it. The decay comes after it, and shortens
 * it too; the corrections count from the second step. A side of one or of more than {@code
 * max_precondition_size} has no basis, nor has a single row, a bias: that is Adam. Eigenvectors are
 * computed in double precision, and kept in that of the weights.
 *
 * <p>A step costs six products of the size of a layer's; a power iteration of a side of n about
 * {@code 4 n^3} operations on one core, the first decomposition some times that.
 *
 * <p>Source: Vyas et al., "SOAP: improving and stabilizing Shampoo using Adam", 2024, and the
 * authors' code.
 *
 * @param learningRate the size of a step; a constant lies in [0, inf)
 * @param beta1 the part of the mean of gradients kept; a constant lies in [0, 1)
 * @param beta2 the part of the mean of squares kept; a constant lies in [0, 1)
 * @param shampooBeta the part of L and R kept; a constant lies in [0, 1); 0 stands for beta_2
 * @param epsilon what keeps the divisor from 0; a constant lies in (0, inf)
 * @param weightDecay how strongly weights are pulled towards 0; a constant lies in [0, inf)
 * @param preconditionFrequency how many steps eigenvectors are kept, at least 1
 * @param maxPreconditionSize the largest side that has a basis, at least 1
 */
@Plugin(
    name = "soap",
    summary = "Adam in the eigenbases of the gradients' rows and columns",
    source = "Vyas et al. 2024")
public record Soap(
    @Param(value = "the size of a step", byDefault = "0.003", range = "[0, inf)", alias = "lr")
        Schedule learningRate,
    @Param(value = "the part of the mean of gradients kept", byDefault = "0.95", range = "[0, 1)")
        Schedule beta1,
    @Param(value = "the part of the mean of squares kept", byDefault = "0.95", range = "[0, 1)")
        Schedule beta2,
    @Param(
            value = "the part kept of what the eigenbases are from; 0: beta_2",
            byDefault = "0",
            range = "[0, 1)")
        Schedule shampooBeta,
    @Param(value = "what keeps the divisor from 0", byDefault = "1e-8", range = "(0, inf)")
        Schedule epsilon,
    @Param(
            value = "how strongly weights are pulled towards 0",
            byDefault = "0.01",
            range = "[0, inf)")
        Schedule weightDecay,
    @Param(value = "how many steps eigenvectors are kept", byDefault = "10", range = "[1, 1e9]")
        int preconditionFrequency,
    @Param(
            value = "the largest side that has a basis",
            byDefault = "10000",
            range = "[1, 1e9]",
            alias = "max_precond_dim")
        int maxPreconditionSize)
    implements Optimizer {
  private static final String BETA_1 = "beta_1";
  private static final String BETA_2 = "beta_2";
  private static final String SHAMPOO_BETA = "shampoo_beta";
  private static final String EPSILON = "epsilon";
  private static final Slot M = new Slot("m");
  private static final Slot V = new Slot("v");

  /**
   * Checks the ranges.
   *
   * @throws InputException if a parameter is out of range
   */
  public Soap {
    Parameters.check(
        Soap.class,
        learningRate,
        beta1,
        beta2,
        shampooBeta,
        epsilon,
        weightDecay,
        preconditionFrequency,
        maxPreconditionSize);
  }

  @Override
  public List<Hyperparameter> hyperparameters() {
    return decay()
        .after(
            new Hyperparameter(LEARNING_RATE, learningRate),
            new Hyperparameter(BETA_1, beta1),
            new Hyperparameter(BETA_2, beta2),
            new Hyperparameter(SHAMPOO_BETA, shampooBeta),
            new Hyperparameter(EPSILON, epsilon));
  }

  @Override
  public Soap withLearningRate(Schedule schedule) {
    return new Soap(
        schedule,
        beta1,
        beta2,
        shampooBeta,
        epsilon,
        weightDecay,
        preconditionFrequency,
        maxPreconditionSize);
  }

  private WeightDecay decay() {
    return WeightDecay.of(weightDecay, WeightDecayForm.DECOUPLED, false);
  }

  @Override
  public void step(StepBuilder step) {
    Preconditioners sides = Preconditioners.of(step, maxPreconditionSize);
    Expression s = step.number();
    Expression g = step.gradient();
    Expression w = step.weight();
    Expression b1 = step.hyperparameter(BETA_1);
    Expression b2 = step.hyperparameter(BETA_2);
    Expression beforeM = step.slot(M);
    Expression beforeV = step.slot(V);
    Expression rotated = sides.rotate(step, g);
    Expression m = RuleExpressions.mean(beforeM, b1, rotated);
    Expression v = RuleExpressions.meanOfSquares(beforeV, b2, rotated);
    Expression direction = m.dividedBy(v.sqrt().plus(step.hyperparameter(EPSILON)));
    Expression rate = step.hyperparameter(LEARNING_RATE);
    Expression size = rate.times(RuleExpressions.adamCorrection(b1, b2, s.minus(RuleExpressions.ONE)));
    Expression by = size.times(sides.rotateBack(step, direction));
    Expression moved = w.minus(by.plus(decay().pull(step, rate, w.minus(by))));
    step.setWeight(s.ifLess(RuleExpressions.TWO, w, moved));

    Expression kept = RuleExpressions.isZero(shampooBeta) ? b2 : step.hyperparameter(SHAMPOO_BETA);
    List<Expression> grams = sides.grams(step, kept, RuleExpressions.ONE.minus(kept));
    Expression due = Rounds.due(step, preconditionFrequency);
    Expression what = s.ifLess(RuleExpressions.TWO, Expression.of(SoapBases.COMPUTE), due);
    Expression squares = s.ifLess(RuleExpressions.TWO, beforeV, v);
    Expression mean = s.ifLess(RuleExpressions.TWO, beforeM, m);
    List<Expression> turned = sides.turn(step, squares, mean, grams, what);
    step.set(V, turned.get(0));
    step.set(M, turned.get(1));
  }
}
