package dev.anneal.core.update;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.expression.ExpressionGraph;
import dev.anneal.api.optimizer.Granularity;
import dev.anneal.api.optimizer.MatrixFunction;
import dev.anneal.api.optimizer.Slot;
import dev.anneal.core.codegen.ScalarEvaluator;
import dev.anneal.core.kernel.KernelSpec;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The arithmetic of a step of an optimizer, for a parameter: the form between the description of
 * the rule ({@link dev.anneal.api.optimizer.StepBuilder}) and what runs. {@link UpdateCompiler}
 * makes it; {@link Update} runs it in single precision, the testkit in double; {@link #toString}
 * prints it; {@link ProgramVerifier} says whether it keeps the rules below.
 *
 * <p>A step computes level after level. A level may read what the levels before it computed: sums
 * and maxima, results of matrix functions, noise. Sums over the group are added up over all
 * parameters of the group at the end of their level. Then the step stores. Whatever it reads, slots
 * and weights are as they were before the step.
 *
 * @param memory what it reads and writes
 * @param levels what must be known before the step stores; none for an elementwise rule
 * @param store what the step leaves behind
 * @param reports numbers that the rule reports, scalar expressions by name
 * @param evaluated replaces the weights by those to measure the model with, where they are others
 * @param groupLevels for each reduction over the group, in the order described, its level
 * @param readsShape whether it holds for parameters of this shape alone
 */
public record UpdateProgram(
    Memory memory,
    List<Level> levels,
    Store store,
    Map<String, Expression> reports,
    Optional<Pass> evaluated,
    List<Integer> groupLevels,
    boolean readsShape) {

  /** The rows and columns of a parameter. */
  public record Shape(int rows, int columns) {}

  /**
   * What must be known before the next level is computed, in this order.
   *
   * @param noises arrays to fill with random numbers
   * @param passes over the numbers of a granularity each
   * @param calls of matrix functions, which may read what the passes computed
   */
  public record Level(List<Integer> noises, List<Pass> passes, List<MatrixCall> calls) {}

  /**
   * One kernel over all numbers of a granularity.
   *
   * @param granularity how many there are
   * @param kernel writes arrays of the memory, and behind them one for each of {@code toScalars}
   * @param spread arrays of a coarser granularity that it reads: each number stands for a row or
   *     column
   * @param toScalars what is reduced while the kernel runs
   * @param toArrays what is reduced when all of it has run
   */
  public record Pass(
      Granularity granularity,
      KernelSpec kernel,
      List<Integer> spread,
      List<Reduction.ToScalar> toScalars,
      List<Reduction.ToArray> toArrays) {}

  /**
   * A function of matrices to call.
   *
   * @param function which
   * @param inputs arrays
   * @param numbers scalar expressions
   * @param results arrays
   */
  public record MatrixCall(
      MatrixFunction function,
      List<Integer> inputs,
      List<Expression> numbers,
      List<Integer> results) {}

  /**
   * What a step leaves behind.
   *
   * @param passes write weights and slots: numbers of weights first, since they may read what the
   *     other passes change
   * @param matrices arrays of pairs that take the place of others: for the place of a slot, an
   *     expression that chooses an array
   * @param scalars the next values of scalar slots, all computed before any of them changes
   */
  public record Store(
      List<Pass> passes, Map<Integer, Expression> matrices, Map<Integer, Expression> scalars) {}

  /**
   * The slots, which hold the state.
   *
   * @return in the order in which the step mentions them
   */
  public List<Slot> slots() {
    return List.copyOf(memory.slots().keySet());
  }

  /**
   * Whether the rule is elementwise: the update of each weight reads only that weight, its
   * gradient, its own state and scalars, so that it can run block by block, fused into the product
   * that computes the gradient.
   *
   * @return whether it has neither sums nor functions of matrices, and does not read the loss
   */
  public boolean isElementwise() {
    return levels.isEmpty()
        && memory.loss().isEmpty()
        && memory.arrays().stream().allMatch(cell -> cell.granularity() == Granularity.WEIGHT);
  }

  /**
   * The reductions over the group at a level.
   *
   * @param level which
   * @return in the order described
   */
  public List<Reduction.ToScalar> groupReductions(int level) {
    return level >= levels.size()
        ? List.of()
        : levels.get(level).passes().stream()
            .flatMap(pass -> pass.toScalars().stream())
            .filter(each -> each.granularity() == Granularity.GROUP)
            .sorted(Comparator.comparingInt(Reduction.ToScalar::scalar))
            .toList();
  }

  /**
   * The place of the array that an expression over pairs chooses.
   *
   * @param value an operand, or one of several by scalars
   * @return a scalar expression
   */
  public static Expression chosen(Expression value) {
    return ExpressionGraph.replace(
        value,
        part ->
            part instanceof Expression.Operand(int array)
                ? Optional.of(Expression.of(array))
                : Optional.empty());
  }

  /**
   * Updates the scalar slots.
   *
   * @param scalars the scalars
   * @return moves them to the next step; running it allocates nothing
   */
  public Runnable advance(double[] scalars) {
    int[] targets = store.scalars().keySet().stream().mapToInt(i -> i).toArray();
    ScalarEvaluator values = new ScalarEvaluator(List.copyOf(store.scalars().values()));
    double[] next = new double[targets.length];
    return () -> {
      values.evaluate(scalars, next);
      for (int i = 0; i < next.length; i++) {
        scalars[targets[i]] = next[i];
      }
    };
  }

  /**
   * The program in words: its memory, and what is computed level by level.
   *
   * @return several lines
   */
  @Override
  public String toString() {
    return new ProgramPrinter(this).print();
  }
}
