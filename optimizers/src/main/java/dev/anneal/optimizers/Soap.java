package dev.anneal.optimizers;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.optimizer.Slot;
import dev.anneal.api.optimizer.StepBuilder;
import dev.anneal.api.plugin.Param;
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
            range = "[0, inf)",
            unusedAtZero = true)
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
  private static final Slot M = new Slot("m");
  private static final Slot V = new Slot("v");

  private WeightDecay decay() {
    return WeightDecay.of(weightDecay, WeightDecayForm.DECOUPLED, false);
  }

  @Override
  public void step(StepBuilder step) {
    Preconditioners preconditioners = Preconditioners.of(step, maxPreconditionSize);
    Expression s = step.number();
    Expression g = step.gradient();
    Expression w = step.weight();
    Expression b1 = step.hyperparameter(beta1);
    Expression b2 = step.hyperparameter(beta2);
    Expression beforeM = step.slot(M);
    Expression beforeV = step.slot(V);
    Expression rotated = preconditioners.rotate(step, g);
    Expression m = Terms.mean(beforeM, b1, rotated);
    Expression v = Terms.meanOfSquares(beforeV, b2, rotated);
    Expression direction = m.dividedBy(v.sqrt().plus(step.hyperparameter(epsilon)));
    Expression rate = step.learningRate();
    Expression size = rate.times(Terms.adamCorrection(b1, b2, s.minus(Terms.ONE)));
    Expression by = size.times(preconditioners.rotateBack(step, direction));
    Expression moved = w.minus(by.plus(decay().pull(step, rate, w.minus(by))));
    step.setWeight(s.ifLess(Terms.TWO, w, moved));

    Expression decay = Terms.isZero(shampooBeta) ? b2 : step.hyperparameter(shampooBeta);
    List<Expression> grams = preconditioners.updateGrams(step, decay, Terms.ONE.minus(decay));
    Expression due = Periodic.due(step, preconditionFrequency);
    Expression what = s.ifLess(Terms.TWO, Expression.of(SoapBases.COMPUTE), due);
    Expression squares = s.ifLess(Terms.TWO, beforeV, v);
    Expression mean = s.ifLess(Terms.TWO, beforeM, m);
    List<Expression> turned = preconditioners.turn(step, squares, mean, grams, what);
    step.set(V, turned.get(0));
    step.set(M, turned.get(1));
  }
}
