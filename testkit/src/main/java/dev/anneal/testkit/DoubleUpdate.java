package dev.anneal.testkit;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.DenseMatrix;
import dev.anneal.api.optimizer.Granularity;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.optimizer.Slot;
import dev.anneal.core.codegen.Kernels;
import dev.anneal.core.codegen.ScalarEvaluator;
import dev.anneal.core.kernel.DoubleKernel;
import dev.anneal.core.kernel.KernelSpec;
import dev.anneal.core.random.RandomStream;
import dev.anneal.core.update.Memory;
import dev.anneal.core.update.Reduction;
import dev.anneal.core.update.Reduction.Kind;
import dev.anneal.core.update.Update;
import dev.anneal.core.update.UpdateCompiler;
import dev.anneal.core.update.UpdateProgram;
import dev.anneal.core.update.UpdateProgram.Level;
import dev.anneal.core.update.UpdateProgram.MatrixCall;
import dev.anneal.core.update.UpdateProgram.Pass;
import dev.anneal.core.update.UpdateProgram.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.function.Function;

/**
 * The steps of an optimizer in double precision: the same rule that an {@link Update} runs, for
 * proofs of what that approximates. Slow: it makes its arrays anew at each step.
 */
public final class DoubleUpdate {
  private final List<List<Run>> runs = new ArrayList<>();

  /**
   * A parameter.
   *
   * @param rows its rows
   * @param columns its columns
   * @param weights row-major; replaced by each step
   * @param gradient row-major; read by each step
   */
  @SuppressWarnings("ArrayRecordComponent") // a holder of buffers: shared, never compared
  public record Weights(int rows, int columns, double[] weights, double[] gradient) {
    /**
     * A parameter with room for a gradient.
     *
     * @param rows its rows
     * @param columns its columns
     * @param weights row-major
     */
    public Weights(int rows, int columns, double... weights) {
      this(rows, columns, weights, new double[weights.length]);
    }
  }

  /**
   * Makes what the optimizer keeps from step to step.
   *
   * @param optimizer the optimizer
   * @param parameters what it adjusts
   * @param noise a stream for random numbers, should the rule ask for some
   */
  public DoubleUpdate(Optimizer optimizer, List<Weights> parameters, RandomStream noise) {
    this(optimizer, parameters, noise, Function.identity());
  }

  /**
   * The same with errors: each operation is off by a part of its result, one way or the other, and
   * always the same way. What that changes in a step is what rounding can change in it.
   *
   * @param optimizer the optimizer
   * @param parameters what it adjusts
   * @param noise a stream for random numbers, should the rule ask for some
   * @param error the part, such as 2^-24
   * @param random decides on the way
   * @return the update
   */
  public static DoubleUpdate withErrors(
      Optimizer optimizer,
      List<Weights> parameters,
      RandomStream noise,
      double error,
      Random random) {
    return new DoubleUpdate(
        optimizer, parameters, noise, formula -> Perturbation.of(formula, error, random));
  }

  private DoubleUpdate(
      Optimizer optimizer,
      List<Weights> parameters,
      RandomStream noise,
      Function<KernelSpec, KernelSpec> change) {
    List<Map<String, double[]>> slots = new ArrayList<>();
    parameters.forEach(_ -> slots.add(new LinkedHashMap<>()));
    List<Shape> shapes =
        parameters.stream().map(each -> new Shape(each.rows, each.columns)).toList();
    for (int pass = 0; pass < optimizer.passes(); pass++) {
      List<UpdateProgram> rules = UpdateCompiler.compile(optimizer, shapes, pass);
      List<Run> list = new ArrayList<>();
      for (int i = 0; i < parameters.size(); i++) {
        list.add(new Run(rules.get(i), parameters.get(i), slots.get(i), noise.child(i), change));
      }
      runs.add(list);
    }
  }

  /**
   * Takes a step.
   *
   * @param values what the step is given, as {@link Update#prepare} takes it
   */
  public void step(double... values) {
    step(() -> Double.NaN, values);
  }

  /**
   * Takes a step.
   *
   * @param differentiate computes the gradients at the weights as they are, and gives the loss;
   *     called before each pass
   * @param values what the step is given, as {@link Update#prepare} takes it
   */
  public void step(DoubleSupplier differentiate, double... values) {
    for (List<Run> pass : runs) {
      double loss = differentiate.getAsDouble();
      int levels = pass.stream().mapToInt(run -> run.rule.levels().size()).max().orElse(0);
      pass.forEach(run -> run.begin(values, loss));
      for (int level = 0; level < levels; level++) {
        for (Run run : pass) {
          run.compute(level);
        }
        reduce(pass, level);
      }
      pass.forEach(Run::end);
    }
  }

  private static void reduce(List<Run> runs, int level) {
    int count = runs.getFirst().rule.groupReductions(level).size();
    for (int i = 0; i < count; i++) {
      Kind kind = runs.getFirst().rule.groupReductions(level).get(i).kind();
      double all = kind.initial();
      for (Run run : runs) {
        all = kind.of(all, run.scalars[run.rule.groupReductions(level).get(i).scalar()]);
      }
      for (Run run : runs) {
        run.scalars[run.rule.groupReductions(level).get(i).scalar()] = all;
      }
    }
  }

  /**
   * What a slot holds.
   *
   * @param parameter which parameter
   * @param name the name of the slot
   * @return its numbers, not a copy; an array of one for a slot of one number
   */
  public double[] slot(int parameter, String name) {
    return Objects.requireNonNull(runs.getLast().get(parameter).slots.get(name), name);
  }

  /**
   * The weights to measure the model with.
   *
   * @param parameter which parameter
   * @return a copy, row-major
   */
  public double[] evaluated(int parameter) {
    return runs.getLast().get(parameter).evaluated();
  }

  /**
   * What the rule shows of the last step.
   *
   * @param parameter which parameter
   * @return numbers by name
   */
  public Map<String, Double> reports(int parameter) {
    Map<String, Double> all = new LinkedHashMap<>();
    runs.forEach(pass -> all.putAll(pass.get(parameter).reported));
    return all;
  }

  /** A pass over one parameter. */
  private static final class Run {
    private final UpdateProgram rule;
    private final Weights parameter;
    private final Map<String, double[]> slots;
    private final RandomStream noise;
    private final Function<KernelSpec, KernelSpec> change;
    private final double[][] arrays;
    private final double[] scalars;
    private final Map<String, Double> reported = new LinkedHashMap<>();
    private final Runnable advance;

    /** For each array of pairs to replace, the number of that to replace it by. */
    private final Map<Integer, Expression> copies = new LinkedHashMap<>();

    private final IdentityHashMap<Pass, DoubleKernel> kernels = new IdentityHashMap<>();
    private final IdentityHashMap<Expression, ScalarEvaluator> evaluators = new IdentityHashMap<>();

    Run(
        UpdateProgram rule,
        Weights parameter,
        Map<String, double[]> slots,
        RandomStream noise,
        Function<KernelSpec, KernelSpec> change) {
      this.change = change;
      this.rule = rule;
      this.parameter = parameter;
      this.slots = slots;
      this.noise = noise;
      scalars = rule.memory().initialScalars();
      advance = rule.advance(scalars);
      rule.store().matrices().forEach((to, from) -> copies.put(to, UpdateProgram.chosen(from)));
      arrays = new double[rule.memory().arrays().size()][];
      Arrays.setAll(arrays, array -> new double[size(rule.memory().granularity(array))]);
      arrays[Memory.WEIGHT] = parameter.weights;
      arrays[Memory.GRADIENT] = parameter.gradient;
      rule.memory()
          .slots()
          .forEach((slot, place) -> {
            double[] kept = slots.computeIfAbsent(slot.name(), _ -> initial(slot));
            if (place instanceof Expression.Operand(int array)) {
              arrays[array] = kept;
            }
          });
    }

    private double[] initial(Slot slot) {
      double[] array = new double[size(slot.granularity())];
      Arrays.fill(array, slot.initial());
      return array;
    }

    private int rows(Granularity granularity) {
      return granularity.rows(parameter.rows, parameter.columns);
    }

    private int columns(Granularity granularity) {
      return granularity.columns(parameter.rows, parameter.columns);
    }

    private int size(Granularity granularity) {
      return rows(granularity) * columns(granularity);
    }

    void begin(double[] values, double loss) {
      rule.memory().loss().ifPresent(at -> scalars[at] = loss);
      System.arraycopy(values, 0, scalars, 0, values.length);
      rule.memory()
          .slots()
          .forEach((slot, place) -> {
            if (place instanceof Expression.Scalar(int index)) {
              scalars[index] = Objects.requireNonNull(slots.get(slot.name()))[0];
            }
          });
    }

    void compute(int level) {
      if (level < rule.levels().size()) {
        Level all = rule.levels().get(level);
        for (int i = 0; i < all.noises().size(); i++) {
          RandomStream stream = noise.child(i);
          Arrays.setAll(arrays[all.noises().get(i)], element -> noise(stream, element));
        }
        all.passes().forEach(this::run);
        all.calls().forEach(this::call);
      }
    }

    private double noise(RandomStream stream, int element) {
      return stream.normal((long) scalars[rule.memory().step()], element);
    }

    private double evaluate(Expression expression) {
      double[] result = new double[1];
      evaluators
          .computeIfAbsent(expression, each -> new ScalarEvaluator(List.of(each)))
          .evaluate(scalars, result);
      return result[0];
    }

    private void run(Pass pass) {
      int n = size(pass.granularity());
      double[][] all = Arrays.copyOf(arrays, pass.kernel().arrays());
      pass.spread().forEach(array -> all[array] = spread(array));
      for (int i = arrays.length; i < all.length; i++) {
        all[i] = new double[n];
      }
      if (!pass.granularity().isScalar()) {
        kernels
            .computeIfAbsent(pass, p -> Kernels.compileDouble(change.apply(p.kernel())))
            .run(all, new int[all.length], scalars, n);
      }
      int next = arrays.length;
      for (Reduction.ToScalar reduction : pass.toScalars()) {
        scalars[reduction.scalar()] =
            pass.granularity().isScalar()
                ? evaluate(reduction.of())
                : Arrays.stream(all[next++])
                    .reduce(reduction.kind().initial(), reduction.kind()::of);
      }
      pass.toArrays().forEach(each -> reduce(each, arrays[each.terms()], arrays[each.array()]));
    }

    /** Gives each weight the number of its row or column. */
    private double[] spread(int array) {
      double[] numbers = arrays[array];
      boolean ofRows = rule.memory().granularity(array) == Granularity.ROW;
      double[] all = new double[size(Granularity.WEIGHT)];
      Arrays.setAll(
          all, i -> ofRows ? numbers[i / parameter.columns] : numbers[i % parameter.columns]);
      return all;
    }

    private void reduce(Reduction reduction, double[] from, double[] to) {
      Arrays.fill(to, reduction.kind().initial());
      for (int i = 0; i < from.length; i++) {
        int at =
            reduction.granularity() == Granularity.ROW
                ? i / parameter.columns
                : i % parameter.columns;
        to[at] = reduction.kind().of(to[at], from[i]);
      }
    }

    private void call(MatrixCall call) {
      double[] numbers = call.numbers().stream().mapToDouble(this::evaluate).toArray();
      call.function().prepare(dense(call.inputs()), numbers, dense(call.results())).run();
    }

    private List<DenseMatrix> dense(List<Integer> which) {
      return which.stream()
          .<DenseMatrix>map(array -> {
            Granularity granularity = rule.memory().granularity(array);
            return new DoubleMatrix(rows(granularity), columns(granularity), arrays[array]);
          })
          .toList();
    }

    void end() {
      rule.store().passes().forEach(this::run);
      copies.forEach((to, chosen) ->
          System.arraycopy(arrays[(int) evaluate(chosen)], 0, arrays[to], 0, arrays[to].length));
      rule.reports().forEach((name, expression) -> reported.put(name, evaluate(expression)));
      advance.run();
      rule.memory()
          .slots()
          .forEach((slot, place) -> {
            if (place instanceof Expression.Scalar(int index)) {
              Objects.requireNonNull(slots.get(slot.name()))[0] = scalars[index];
            }
          });
    }

    double[] evaluated() {
      double[] trained = parameter.weights.clone();
      rule.evaluated().ifPresent(this::run);
      double[] result = parameter.weights.clone();
      System.arraycopy(trained, 0, parameter.weights, 0, trained.length);
      return result;
    }
  }
}
