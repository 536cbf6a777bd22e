package dev.anneal.optimizers;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.Granularity;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.optimizer.Slot;
import dev.anneal.api.optimizer.StepBuilder;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.optimizers.matrix.Preconditioners;
import java.util.List;

/**
 * Shampoo: Adagrad that knows how rows have to do with each other, and columns.
 *
 * <p>For a matrix W of weights with the gradient G:
 *
 * <ul>
 *   <li>{@code L = L + G G^T} and {@code R = R + G^T G}; with a beta below 1 they are running means
 *   <li>{@code D = L^(-1/4) G R^(-1/4)}, the roots being computed at the first gradient that is not
 *       0, every {@code precondition_frequency} steps, and where the trace of L has doubled since
 *   <li>{@code V = momentum V + D} and {@code W = W - learning_rate (V + weight_decay W)}
 * </ul>
 *
 * <p>A side of one or of more than {@code max_precondition_size} has no root, and the other one's
 * is then {@code -1/2}. Without any, as in a single row, a bias, only the diagonal is kept, the sum
 * or mean A of {@code G^2}, and D is {@code G / sqrt(A)}: Adagrad.
 *
 * <p>Eigenvalues, and entries of A, that are smaller than {@code epsilon} times the largest of
 * their matrix count as that much. The paper adds a constant to them instead; but a sum of few
 * gradients has eigenvalues of 0, which in single precision are roundings of the largest: what
 * keeps their roots small has to grow with it. This is also why epsilon cannot be next to nothing.
 *
 * <p>Roots that are new know the gradient, and D has no singular value above 1, with means above
 * {@code (1 - beta)^(-1/2)}. Roots that are kept meet gradients that they do not know: in
 * directions that have had none they would lengthen D a hundredfold, by {@code epsilon^(-1/4)} from
 * each side, and the second step could end the training. So with a frequency above 1 an eigenvalue
 * counts as at least what a gradient adds to the trace of L in the mean, of all so far: then the
 * bound holds for gradients whose norm is the mean one, whatever their direction. Others graft the
 * length of another rule's step for that reason (Eschenhagen et al., "Purifying Shampoo", 2025).
 *
 * <p>Means are not corrected for their start at 0, and the length of the step is the rule's own:
 * there is no grafting of another's.
 *
 * <p>Roots are computed in double precision, the rest in that of the weights. A root of a side of n
 * costs some tens of {@code n^3} operations on one core, a step otherwise four products of the size
 * of a layer's.
 *
 * <p>Source: Gupta, Koren and Singer, "Shampoo: preconditioned stochastic tensor optimization",
 * 2018.
 */
@Plugin(
    name = "shampoo",
    summary = "w = w - learning_rate * L^(-1/4) g R^(-1/4), with sums L of g g^T and R of g^T g",
    source = "Gupta, Koren and Singer 2018")
public record Shampoo(
    @Param(value = "the size of a step", byDefault = "0.1", range = "[0, inf)", alias = "lr")
        Schedule learningRate,
    @Param(
            value = "the part of the velocity kept from step to step",
            byDefault = "0.9",
            range = "[0, 1]",
            unusedAtZero = true)
        Schedule momentum,
    @Param(value = "the part of L and R kept; 1 for sums", byDefault = "1", range = "[0, 1]")
        Schedule beta,
    @Param(
            value = "the least eigenvalue, in parts of the largest",
            byDefault = "1e-4",
            range = "[1e-6, 1]")
        Schedule epsilon,
    @Param(
            value = "how strongly weights are pulled towards 0",
            byDefault = "0",
            range = "[0, inf)",
            unusedAtZero = true)
        Schedule weightDecay,
    @Param(value = "how many steps roots are kept", byDefault = "10", range = "[1, 1e9]")
        int preconditionFrequency,
    @Param(
            value = "the largest side that has a root",
            byDefault = "10000",
            range = "[1, 1e9]",
            alias = "max_precond_dim")
        int maxPreconditionSize)
    implements Optimizer {
  private static final Slot SQUARES = new Slot("squares");

  /** The parts of all gradients in L and R, added up. */
  private static final Slot GRADIENTS = new Slot("gradients", Granularity.PARAMETER, 0);

  /** The trace of L and of R, now and when roots were computed. */
  private static final Slot TRACE = new Slot("trace", Granularity.PARAMETER, 0);

  private static final Slot KNOWN = new Slot("known_trace", Granularity.PARAMETER, 0);

  private WeightDecay decay() {
    return WeightDecay.of(weightDecay, WeightDecayForm.DECOUPLED, false);
  }

  private Velocity velocity() {
    return new Velocity(momentum, false, false);
  }

  @Override
  public void step(StepBuilder step) {
    Preconditioners preconditioners = Preconditioners.of(step, maxPreconditionSize);
    Expression g = step.gradient();
    Expression decay = step.hyperparameter(beta);
    Expression added = decay.ifLess(Terms.ONE, Terms.ONE.minus(decay), Terms.ONE);
    Expression epsilon = step.hyperparameter(this.epsilon);
    if (preconditioners.none()) {
      Expression squares = decay.fma(step.slot(SQUARES), added.times(g).times(g));
      step.set(SQUARES, squares);
      Expression least = epsilon.times(step.max(Granularity.PARAMETER, squares));
      Expression root = squares.max(least).sqrt();
      velocity().descend(step, decay(), Terms.ZERO.ifLess(root, g.dividedBy(root), g));
      return;
    }
    Expression due = Terms.ONE;
    Expression least = Terms.ZERO;
    if (preconditionFrequency > 1) {
      Expression gradients = decay.fma(step.slot(GRADIENTS), added);
      Expression square = step.sum(Granularity.PARAMETER, g.times(g));
      Expression trace = decay.fma(step.slot(TRACE), added.times(square));
      Expression known = step.slot(KNOWN);
      Expression doubled = known.times(Terms.TWO).ifLess(trace, Terms.ONE, Terms.ZERO);
      due = Periodic.due(step, preconditionFrequency).max(doubled);
      least = added.times(trace).dividedBy(gradients);
      step.set(GRADIENTS, gradients);
      step.set(TRACE, trace);
      step.set(KNOWN, Terms.ZERO.ifLess(due, trace, known));
    }
    preconditioners.updateGrams(step, decay, added);
    List<Expression> roots = preconditioners.roots(step, decay, added, due, epsilon, least);
    velocity().descend(step, decay(), preconditioners.rotate(step, g, roots));
  }
}
