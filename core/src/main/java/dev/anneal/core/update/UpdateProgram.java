package dev.anneal.core.update;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.expression.ExpressionGraph;
import dev.anneal.api.optimizer.Granularity;
import dev.anneal.api.optimizer.MatrixFunction;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.optimizer.Slot;
import dev.anneal.core.codegen.ScalarEvaluator;
import dev.anneal.core.kernel.KernelSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The arithmetic of an optimizer's step for parameters of a shape, ready to be compiled. It is made
 * by describing the step once, and run by an {@link Update} in single precision; the testkit runs
 * it in double precision.
 *
 * <p>Arrays have numbers: 0 is the weights, 1 the gradient, then slots and what is computed on the
 * way. So have scalars: first the hyper-parameters in the order declared, then the number of the
 * step, then slots of one number and sums.
 */
public final class UpdateProgram {
  public static final int WEIGHT = 0;
  public static final int GRADIENT = 1;

  private final List<Slot> slots;
  private final Map<String, Expression> places;
  private final List<Granularity> arrays;
  private final int hyperparameters;
  private final int scalars;
  private final List<Level> levels;
  private final List<Pass> passes;
  private final Map<Integer, Expression> copies;
  private final Map<Integer, Expression> scalarStores;
  private final Map<String, Expression> reports;
  private final Optional<Pass> evaluated;
  private final boolean shaped;
  private final int loss;
  private final List<Integer> groupLevels;

  /**
   * What must be known before the next level is computed.
   *
   * @param noises arrays to fill with random numbers
   * @param passes computed in this order
   * @param calls computed after the passes
   */
  public record Level(List<Integer> noises, List<Pass> passes, List<MatrixCall> calls) {}

  /**
   * A formula over all numbers of an granularity.
   *
   * @param granularity how many
   * @param formula its outputs are arrays of the rule, and behind them one for each reduction that
   *     does not wait
   * @param spread arrays of a narrower granularity that it reads
   * @param reductions what the outputs are reduced to
   */
  public record Pass(
      Granularity granularity,
      KernelSpec formula,
      List<Integer> spread,
      List<Reduction> reductions) {}

  /** How several numbers become one. */
  public enum Kind {
    /** Their sum. */
    SUM,
    /** The largest. */
    MAX;

    /** What none become. */
    public double initial() {
      return this == SUM ? 0 : Double.NEGATIVE_INFINITY;
    }

    /** What two become. */
    public double of(double a, double b) {
      return this == SUM ? a + b : Math.max(a, b);
    }
  }

  /**
   * A sum or a maximum.
   *
   * @param kind which
   * @param over what goes into one
   * @param of the numbers
   * @param waiting the array that holds them first; -1 where they are reduced at once
   * @param target an element or a scalar
   */
  public record Reduction(
      Kind kind, Granularity over, Expression of, int waiting, Expression target) {}

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

  UpdateProgram(
      List<Slot> slots,
      Map<String, Expression> places,
      List<Granularity> arrays,
      int hyperparameters,
      int scalars,
      List<Level> levels,
      List<Pass> passes,
      Map<Integer, Expression> copies,
      Map<Integer, Expression> scalarStores,
      Map<String, Expression> reports,
      Optional<Pass> evaluated,
      boolean shaped,
      int loss,
      List<Integer> groupLevels) {
    this.slots = slots;
    this.places = places;
    this.arrays = arrays;
    this.hyperparameters = hyperparameters;
    this.scalars = scalars;
    this.levels = levels;
    this.passes = passes;
    this.copies = copies;
    this.scalarStores = scalarStores;
    this.reports = reports;
    this.evaluated = evaluated;
    this.shaped = shaped;
    this.loss = loss;
    this.groupLevels = groupLevels;
  }

  /**
   * The rule of an optimizer that takes one gradient a step.
   *
   * @param optimizer the optimizer
   * @param rows rows of the parameter
   * @param columns columns of the parameter
   * @return the rule
   */
  public static UpdateProgram of(Optimizer optimizer, int rows, int columns) {
    return of(optimizer, rows, columns, 0);
  }

  /**
   * The rule of a pass of an optimizer.
   *
   * @param optimizer the optimizer
   * @param rows rows of the parameter
   * @param columns columns of the parameter
   * @param pass which gradient of the step it is for, from 0
   * @return the rule
   * @throws IllegalArgumentException if the step is described wrongly, such as with a
   *     hyper-parameter that is not declared
   */
  public static UpdateProgram of(Optimizer optimizer, int rows, int columns, int pass) {
    return of(optimizer, new Shape(rows, columns), pass, List.of());
  }

  /** That of a parameter whose sums over the group wait for those of the others. */
  private static UpdateProgram of(
      Optimizer optimizer, Shape shape, int pass, List<Integer> groupLevels) {
    RuleBuilder trace =
        new RuleBuilder(optimizer.hyperparameters(), shape.rows, shape.columns, pass, groupLevels);
    Expression weight = new Expression.Operand(WEIGHT);
    RecordedStep step =
        new RecordedStep(
            trace, "", weight, new Expression.Operand(GRADIENT), trace.number(), Map.of());
    optimizer.step(step);
    return trace.rule(step.newWeight(), step.stored());
  }

  /** How many weights a parameter has. */
  public record Shape(int rows, int columns) {}

  /**
   * The rules of a pass of an optimizer for all its parameters. What is reduced over the group is
   * reduced at the same level in all of them: where parameters of one shape know it sooner, they
   * wait.
   */
  public static List<UpdateProgram> of(Optimizer optimizer, List<Shape> shapes, int pass) {
    List<Integer> levels = List.of();
    while (true) {
      List<UpdateProgram> rules = of(optimizer, shapes, pass, levels);
      List<Integer> latest = latest(rules);
      if (latest.equals(levels)) {
        return rules;
      }
      levels = latest;
    }
  }

  private static List<UpdateProgram> of(
      Optimizer optimizer, List<Shape> shapes, int pass, List<Integer> groupLevels) {
    Map<Shape, UpdateProgram> known = new HashMap<>();
    List<UpdateProgram> rules = new ArrayList<>();
    for (Shape shape : shapes) {
      boolean fits = !rules.isEmpty() && !rules.getFirst().shaped;
      rules.add(
          fits
              ? rules.getFirst()
              : known.computeIfAbsent(shape, s -> of(optimizer, s, pass, groupLevels)));
    }
    return rules;
  }

  private static List<Integer> latest(List<UpdateProgram> rules) {
    List<Integer> latest = new ArrayList<>();
    for (UpdateProgram rule : rules) {
      if (rule.groupLevels.size() != rules.getFirst().groupLevels.size()) {
        throw new IllegalArgumentException(
            "an optimizer takes the same sums over its group for parameters of all shapes");
      }
      for (int i = 0; i < rule.groupLevels.size(); i++) {
        int level = rule.groupLevels.get(i);
        if (i == latest.size()) {
          latest.add(level);
        } else {
          latest.set(i, Math.max(latest.get(i), level));
        }
      }
    }
    return latest;
  }

  /**
   * What is kept from step to step.
   *
   * @return in the order in which the step mentions them
   */
  public List<Slot> slots() {
    return slots;
  }

  /**
   * Whether the rule computes each weight from its own numbers alone, so that it can run block by
   * block, beside the product that computes the gradient.
   *
   * @return whether it has neither sums nor functions of matrices, and does not read the loss
   */
  public boolean isElementwise() {
    return levels.isEmpty()
        && loss < 0
        && arrays.stream().allMatch(granularity -> granularity == Granularity.WEIGHT);
  }

  /** The scalar that receives the loss of the batch; -1 if the rule does not read it. */
  public int loss() {
    return loss;
  }

  public int hyperparameters() {
    return hyperparameters;
  }

  int scalars() {
    return scalars;
  }

  public List<Granularity> arrays() {
    return arrays;
  }

  /** The element or scalar of a slot. */
  public Expression place(Slot slot) {
    Expression place = places.get(slot.name());
    if (place == null) {
      throw new IllegalArgumentException("no slot \"" + slot.name() + "\"");
    }
    return place;
  }

  public List<Level> levels() {
    return levels;
  }

  /** The passes that store, numbers of weights first: they may read what the others change. */
  public List<Pass> passes() {
    return passes;
  }

  /** Arrays of pairs to replace at the end of the step, and by which. */
  public Map<Integer, Expression> copies() {
    return copies;
  }

  /** The number of the array that an expression over pairs stands for, as a scalar expression. */
  public static Expression chosen(Expression value) {
    return ExpressionGraph.replace(
        value,
        part ->
            part instanceof Expression.Operand(int array)
                ? Optional.of(Expression.of(array))
                : Optional.empty());
  }

  /** Uniforms to replace at the end of the step, and by what. */
  Map<Integer, Expression> scalarStores() {
    return scalarStores;
  }

  public Map<String, Expression> reports() {
    return reports;
  }

  /** Replaces the weights by those to evaluate with. */
  public Optional<Pass> evaluated() {
    return evaluated;
  }

  /** The scalars before the first step. */
  public double[] initialScalars() {
    double[] initial = new double[scalars];
    for (Slot slot : slots) {
      if (place(slot) instanceof Expression.Scalar(int index)) {
        initial[index] = slot.initial();
      }
    }
    return initial;
  }

  /** Replaces the slots of one number. Allocates nothing once made. */
  public Runnable advance(double[] scalars) {
    int[] targets = scalarStores.keySet().stream().mapToInt(i -> i).toArray();
    ScalarEvaluator values = new ScalarEvaluator(List.copyOf(scalarStores.values()));
    double[] next = new double[targets.length];
    return () -> {
      values.evaluate(scalars, next);
      for (int i = 0; i < next.length; i++) {
        scalars[targets[i]] = next[i];
      }
    };
  }

  /** What is reduced over the group at a level, in the order described. */
  public List<Reduction> groupReductions(int level) {
    return level >= levels.size()
        ? List.of()
        : levels.get(level).passes().stream()
            .flatMap(each -> each.reductions().stream())
            .filter(each -> each.over() == Granularity.GROUP)
            .sorted(Comparator.comparingInt(each -> ((Expression.Scalar) each.target()).index()))
            .toList();
  }

  @Override
  public String toString() {
    return "slots %s, %d levels, stores %s"
        .formatted(
            slots.stream().map(Slot::name).toList(),
            levels.size(),
            IntStream.range(0, passes.size()).mapToObj(i -> passes.get(i).granularity()).toList());
  }
}
