package dev.anneal.core.optimize;

import dev.anneal.core.kernel.Kernels;
import dev.anneal.core.lane.Formula;
import dev.anneal.core.lane.Lane;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The arithmetic of an optimizer's step for parameters of a shape, ready to be compiled. It is made
 * by describing the step once, and run by an {@link Update} in single precision and by a {@link
 * DoubleUpdate} in double precision.
 *
 * <p>Arrays have numbers: 0 is the weights, 1 the gradient, then slots and what is computed on the
 * way. So have uniforms: first the hyper-parameters in the order declared, then the number of the
 * step, then slots of one number and sums.
 */
public final class UpdateRule {
  static final int WEIGHT = 0;
  static final int GRADIENT = 1;

  private final List<Slot> slots;
  private final Map<String, Lane> places;
  private final List<Extent> arrays;
  private final int hyperparameters;
  private final int uniforms;
  private final List<Level> levels;
  private final List<Pass> passes;
  private final Map<Integer, Lane> copies;
  private final Map<Integer, Lane> scalars;
  private final Map<String, Lane> reports;
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
  record Level(List<Integer> noises, List<Pass> passes, List<MatrixCall> calls) {}

  /**
   * A formula over all numbers of an extent.
   *
   * @param extent how many
   * @param formula its outputs are arrays of the rule, and behind them one for each reduction that
   *     does not wait
   * @param spread arrays of a narrower extent that it reads
   * @param reductions what the outputs are reduced to
   */
  record Pass(Extent extent, Formula formula, List<Integer> spread, List<Reduction> reductions) {}

  /** How several numbers become one. */
  enum Kind {
    /** Their sum. */
    SUM,
    /** The largest. */
    MAX;

    /** What none become. */
    double initial() {
      return this == SUM ? 0 : Double.NEGATIVE_INFINITY;
    }

    /** What two become. */
    double of(double a, double b) {
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
   * @param target an element or a uniform
   */
  record Reduction(Kind kind, Extent over, Lane of, int waiting, Lane target) {}

  /**
   * A function of matrices to call.
   *
   * @param function which
   * @param inputs arrays
   * @param numbers uniform lanes
   * @param results arrays
   */
  record MatrixCall(
      MatrixFunction function, List<Integer> inputs, List<Lane> numbers, List<Integer> results) {}

  UpdateRule(
      List<Slot> slots,
      Map<String, Lane> places,
      List<Extent> arrays,
      int hyperparameters,
      int uniforms,
      List<Level> levels,
      List<Pass> passes,
      Map<Integer, Lane> copies,
      Map<Integer, Lane> scalars,
      Map<String, Lane> reports,
      Optional<Pass> evaluated,
      boolean shaped,
      int loss,
      List<Integer> groupLevels) {
    this.slots = slots;
    this.places = places;
    this.arrays = arrays;
    this.hyperparameters = hyperparameters;
    this.uniforms = uniforms;
    this.levels = levels;
    this.passes = passes;
    this.copies = copies;
    this.scalars = scalars;
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
  public static UpdateRule of(Optimizer optimizer, int rows, int columns) {
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
  public static UpdateRule of(Optimizer optimizer, int rows, int columns, int pass) {
    return of(optimizer, new Shape(rows, columns), pass, List.of());
  }

  /** That of a parameter whose sums over the group wait for those of the others. */
  private static UpdateRule of(
      Optimizer optimizer, Shape shape, int pass, List<Integer> groupLevels) {
    List<String> names = optimizer.hyperparameters().stream().map(Hyperparameter::name).toList();
    Trace trace = new Trace(names, shape.rows, shape.columns, pass, groupLevels);
    Lane weight = new Lane.Element(WEIGHT);
    Step step = new Step(trace, "", weight, new Lane.Element(GRADIENT), trace.number(), Map.of());
    optimizer.step(step);
    return trace.rule(step.newWeight(), step.stored());
  }

  /** How many weights a parameter has. */
  record Shape(int rows, int columns) {}

  /**
   * The rules of a pass of an optimizer for all its parameters. What is reduced over the group is
   * reduced at the same level in all of them: where parameters of one shape know it sooner, they
   * wait.
   */
  static List<UpdateRule> of(Optimizer optimizer, List<Shape> shapes, int pass) {
    List<Integer> levels = List.of();
    while (true) {
      List<UpdateRule> rules = of(optimizer, shapes, pass, levels);
      List<Integer> latest = latest(rules);
      if (latest.equals(levels)) {
        return rules;
      }
      levels = latest;
    }
  }

  private static List<UpdateRule> of(
      Optimizer optimizer, List<Shape> shapes, int pass, List<Integer> groupLevels) {
    Map<Shape, UpdateRule> known = new HashMap<>();
    List<UpdateRule> rules = new ArrayList<>();
    for (Shape shape : shapes) {
      boolean fits = !rules.isEmpty() && !rules.getFirst().shaped;
      rules.add(
          fits
              ? rules.getFirst()
              : known.computeIfAbsent(shape, s -> of(optimizer, s, pass, groupLevels)));
    }
    return rules;
  }

  private static List<Integer> latest(List<UpdateRule> rules) {
    List<Integer> latest = new ArrayList<>();
    for (UpdateRule rule : rules) {
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
        && arrays.stream().allMatch(extent -> extent == Extent.WEIGHT);
  }

  /** The uniform that receives the loss of the batch; -1 if the rule does not read it. */
  int loss() {
    return loss;
  }

  int hyperparameters() {
    return hyperparameters;
  }

  int uniforms() {
    return uniforms;
  }

  List<Extent> arrays() {
    return arrays;
  }

  /** The element or uniform of a slot. */
  Lane place(Slot slot) {
    Lane place = places.get(slot.name());
    if (place == null) {
      throw new IllegalArgumentException("no slot \"" + slot.name() + "\"");
    }
    return place;
  }

  List<Level> levels() {
    return levels;
  }

  /** The passes that store, numbers of weights first: they may read what the others change. */
  List<Pass> passes() {
    return passes;
  }

  /** Arrays of pairs to replace at the end of the step, and by which. */
  Map<Integer, Lane> copies() {
    return copies;
  }

  /** The array that a lane over pairs stands for. */
  static int chosen(Lane value, double[] uniforms) {
    return switch (value) {
      case Lane.Element(int array) -> array;
      case Lane.IfLess(Lane left, Lane right, Lane then, Lane otherwise) ->
          chosen(
              Kernels.evaluate(left, uniforms) < Kernels.evaluate(right, uniforms)
                  ? then
                  : otherwise,
              uniforms);
      default -> throw new AssertionError(value);
    };
  }

  /** Uniforms to replace at the end of the step, and by what. */
  Map<Integer, Lane> scalars() {
    return scalars;
  }

  Map<String, Lane> reports() {
    return reports;
  }

  /** Replaces the weights by those to evaluate with. */
  Optional<Pass> evaluated() {
    return evaluated;
  }

  /** The uniforms before the first step. */
  double[] initialUniforms() {
    double[] initial = new double[uniforms];
    for (Slot slot : slots) {
      if (place(slot) instanceof Lane.Uniform(int index)) {
        initial[index] = slot.initial();
      }
    }
    return initial;
  }

  /** Replaces the slots of one number. Allocates nothing once made. */
  Runnable advance(double[] uniforms) {
    int[] targets = scalars.keySet().stream().mapToInt(i -> i).toArray();
    Lane[] values = scalars.values().toArray(Lane[]::new);
    double[] next = new double[targets.length];
    return () -> {
      for (int i = 0; i < next.length; i++) {
        next[i] = Kernels.evaluate(values[i], uniforms);
      }
      for (int i = 0; i < next.length; i++) {
        uniforms[targets[i]] = next[i];
      }
    };
  }

  /** What is reduced over the group at a level, in the order described. */
  List<Reduction> groupReductions(int level) {
    return level >= levels.size()
        ? List.of()
        : levels.get(level).passes().stream()
            .flatMap(each -> each.reductions().stream())
            .filter(each -> each.over() == Extent.GROUP)
            .sorted(Comparator.comparingInt(each -> ((Lane.Uniform) each.target()).index()))
            .toList();
  }

  @Override
  public String toString() {
    return "slots %s, %d levels, stores %s"
        .formatted(
            slots.stream().map(Slot::name).toList(),
            levels.size(),
            IntStream.range(0, passes.size()).mapToObj(i -> passes.get(i).extent()).toList());
  }
}
