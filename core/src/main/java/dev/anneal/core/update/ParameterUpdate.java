package dev.anneal.core.update;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.DenseMatrix;
import dev.anneal.api.optimizer.Granularity;
import dev.anneal.api.optimizer.Slot;
import dev.anneal.core.codegen.ScalarEvaluator;
import dev.anneal.core.kernel.Width;
import dev.anneal.core.matrix.Epilogue;
import dev.anneal.core.matrix.Layout;
import dev.anneal.core.matrix.Matrix;
import dev.anneal.core.matrix.Segments;
import dev.anneal.core.parallel.Workers;
import dev.anneal.core.random.RandomStream;
import dev.anneal.core.update.ProgramScalars.Compiled;
import dev.anneal.core.update.Reduction.ToScalar;
import dev.anneal.core.update.UpdateProgram.Level;
import dev.anneal.core.update.UpdateProgram.MatrixCall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** A rule at work on one parameter. */
final class ParameterUpdate {
  private final UpdateProgram rule;
  private final ProgramScalars numbers;
  private final ProgramArrays arrays;
  private final Width width;
  private final Workers workers;
  private final RandomStream noise;
  private final List<List<Runnable>> levels = new ArrayList<>();
  private final List<List<ToScalar>> groupReductions;
  private final List<PassRunner> passes;
  private final Optional<PassRunner> evaluated;
  private final int[] copied;
  private final ScalarEvaluator copies;
  private final double[] chosen;
  private final OptionalInt lossAt;
  private Matrix gradient;

  /**
   * Makes ready.
   *
   * @param slots the parameter's slots by name, common to all passes
   */
  ParameterUpdate(
      UpdateProgram rule,
      ProgramScalars numbers,
      Matrix weights,
      Map<String, ProgramArrays.Placed> slots,
      RandomStream noise,
      Width width,
      Workers workers) {
    this.rule = rule;
    lossAt = rule.memory().loss();
    this.numbers = numbers;
    this.noise = noise;
    this.width = width;
    this.workers = workers;
    gradient = weights;
    arrays = new ProgramArrays(rule, weights, slots);
    rule.levels().forEach(level -> levels.add(prepare(level)));
    groupReductions =
        IntStream.range(0, rule.levels().size()).mapToObj(rule::groupReductions).toList();
    passes = numbers.passes().stream().map(this::passRun).toList();
    evaluated = rule.evaluated().map(pass -> passRun(Compiled.of(pass, width)));
    copied = rule.store().matrices().keySet().stream().mapToInt(i -> i).toArray();
    copies =
        new ScalarEvaluator(
            rule.store().matrices().values().stream().map(UpdateProgram::chosen).toList());
    chosen = new double[copied.length];
  }

  private PassRunner passRun(Compiled pass) {
    return new PassRunner(pass, arrays, numbers.scalars(), width, workers);
  }

  private List<Runnable> prepare(Level level) {
    List<Runnable> all = new ArrayList<>();
    for (int i = 0; i < level.noises().size(); i++) {
      all.add(noise(noise.child(i), arrays.array(level.noises().get(i))));
    }
    level.passes().forEach(pass -> all.add(passRun(Compiled.of(pass, width))::run));
    level.calls().forEach(call -> all.add(prepare(call)));
    return all;
  }

  /** A weight gets the same number in any layout. */
  private Runnable noise(RandomStream stream, float[] array) {
    int n = arrays.size(Granularity.WEIGHT);
    int columns = arrays.weights().columns();
    int step = rule.memory().step();
    Segments[] runs = new Segments[workers.threads()];
    Arrays.setAll(runs, _ -> new Segments(arrays.weights()));
    Workers.Task task =
        (index, worker) -> {
          long round = (long) numbers.scalars()[step];
          Segments own = runs[worker];
          own.start(index * PassRunner.BLOCK, Math.min(n, (index + 1) * PassRunner.BLOCK));
          while (own.next()) {
            long first = (long) own.row() * columns + own.column();
            for (int i = 0; i < own.elements(); i++) {
              array[own.at() + i] = (float) stream.normal(round, first + i);
            }
          }
        };
    return () -> workers.run(Math.ceilDiv(n, PassRunner.BLOCK), task);
  }

  /** Matrix functions read and write rows; what does not lie in rows is copied. */
  private Runnable prepare(MatrixCall call) {
    List<Runnable> before = new ArrayList<>();
    List<Runnable> after = new ArrayList<>();
    List<DenseMatrix> inputs = new ArrayList<>();
    for (int array : call.inputs()) {
      boolean inPlace = array != Memory.GRADIENT && liesInRows(array);
      Matrix input = inPlace ? arrays.matrix(array) : arrays.like(array);
      if (array == Memory.GRADIENT) {
        before.add(() -> input.set(gradient));
      } else if (!inPlace) {
        Matrix place = arrays.matrix(array);
        before.add(() -> input.set(place));
      }
      inputs.add(dense(input));
    }
    List<DenseMatrix> results = new ArrayList<>();
    for (int array : call.results()) {
      boolean inPlace = liesInRows(array);
      Matrix result = inPlace ? arrays.matrix(array) : arrays.like(array);
      if (!inPlace) {
        Matrix place = arrays.matrix(array);
        after.add(() -> place.set(result));
      }
      results.add(dense(result));
    }
    ScalarEvaluator expressions = new ScalarEvaluator(call.numbers());
    double[] values = new double[call.numbers().size()];
    Runnable function = call.function().prepare(inputs, values, results);
    return () -> {
      before.forEach(Runnable::run);
      expressions.evaluate(numbers.scalars(), values);
      function.run();
      after.forEach(Runnable::run);
    };
  }

  private boolean liesInRows(int array) {
    return arrays.granularity(array).isPair() || arrays.weights().layout() == Layout.ROWS;
  }

  private DenseMatrix dense(Matrix matrix) {
    return new FloatMatrix(matrix, width, workers);
  }

  int levels() {
    return levels.size();
  }

  List<ToScalar> groupReductions(int level) {
    return level < groupReductions.size() ? groupReductions.get(level) : List.of();
  }

  /** What this parameter contributes. */
  double get(ToScalar reduction) {
    return numbers.scalars()[reduction.scalar()];
  }

  /** What all together have. */
  void set(ToScalar reduction, double value) {
    numbers.scalars()[reduction.scalar()] = value;
  }

  void begin(double[] values, double loss) {
    numbers.begin(values);
    if (lossAt.isPresent()) {
      numbers.scalars()[lossAt.getAsInt()] = loss;
    }
  }

  /** Computes what the next level, or the passes that store, will read. */
  void compute(int level, Matrix gradient) {
    if (level < levels.size()) {
      setGradient(gradient);
      List<Runnable> all = levels.get(level);
      for (int i = 0; i < all.size(); i++) {
        all.get(i).run();
      }
    }
  }

  /** Stores, and goes on to the next step. */
  void end(Matrix gradient) {
    numbers.prepare();
    store(gradient);
    copies.evaluate(numbers.scalars(), chosen);
    for (int i = 0; i < copied.length; i++) {
      arrays.copy((int) chosen[i], copied[i]);
    }
    numbers.advance();
  }

  /** Stores, where what is the same for all elements is computed already. */
  void store(Matrix gradient) {
    setGradient(gradient);
    for (int i = 0; i < passes.size(); i++) {
      passes.get(i).runPrepared();
    }
  }

  private void setGradient(Matrix gradient) {
    this.gradient = gradient;
    arrays.setGradient(gradient);
  }

  /** Replaces the weights by those to evaluate with, where the rule knows others. */
  void evaluate() {
    evaluated.ifPresent(PassRunner::run);
  }

  /** Adds what is kept. */
  void save(Map<String, float[]> arrayState, Map<String, Double> scalarState) {
    rule.memory()
        .slots()
        .forEach((slot, place) -> {
          switch (place) {
            case Expression.Operand(int array) when isMatrix(slot) ->
                arrayState.put(slot.name(), arrays.matrix(array).get());
            case Expression.Operand(int array) ->
                arrayState.put(slot.name(), arrays.array(array).clone());
            case Expression.Scalar(int index) ->
                scalarState.put(slot.name(), numbers.scalars()[index]);
            default -> throw new AssertionError(slot);
          }
        });
  }

  /** Goes on from there. */
  void restore(Update.State state) {
    rule.memory()
        .slots()
        .forEach((slot, place) -> {
          switch (place) {
            case Expression.Operand(int array) when isMatrix(slot) ->
                arrays.matrix(array).set(array(state, slot), 0);
            case Expression.Operand(int array) -> {
              float[] from = array(state, slot);
              System.arraycopy(from, 0, arrays.array(array), 0, from.length);
            }
            case Expression.Scalar(int index) ->
                numbers.scalars()[index] =
                    Objects.requireNonNull(state.scalars().get(slot.name()), slot.name());
            default -> throw new AssertionError(slot);
          }
        });
  }

  /** Whether there are gaps between its numbers, which are not kept. */
  private static boolean isMatrix(Slot slot) {
    return slot.granularity() == Granularity.WEIGHT || slot.granularity().isPair();
  }

  private static float[] array(Update.State state, Slot slot) {
    return Objects.requireNonNull(state.arrays().get(slot.name()), slot.name());
  }

  /**
   * Hands over the slots of one number to another pass over the same parameter.
   *
   * @return does so; allocates nothing
   */
  Runnable handOver(ParameterUpdate other) {
    List<int[]> pairs = new ArrayList<>();
    rule.memory()
        .slots()
        .forEach((slot, place) -> {
          if (place instanceof Expression.Scalar(int from)
              && other.rule.memory().slots().get(slot) instanceof Expression.Scalar(int to)) {
            pairs.add(new int[] {from, to});
          }
        });
    int[][] all = pairs.toArray(int[][]::new);
    return () -> {
      for (int[] pair : all) {
        other.numbers.scalars()[pair[1]] = numbers.scalars()[pair[0]];
      }
    };
  }

  /** What the rule shows of the last step. */
  Map<String, Double> reports() {
    return numbers.reports();
  }

  /** Takes the gradient block by block. */
  Epilogue fused() {
    Matrix weights = arrays.weights();
    if (weights.layout() != Layout.PANELS) {
      throw new IllegalArgumentException("the blocks of a matrix in rows have gaps");
    }
    PassRunner pass = passes.getFirst();
    return (block, at, stride, row, rows, column, _, worker) ->
        pass.adjust(
            block, at, weights.index(row, column) - weights.offset(), rows * stride, worker);
  }
}
