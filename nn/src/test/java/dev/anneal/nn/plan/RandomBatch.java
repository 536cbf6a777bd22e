package dev.anneal.nn.plan;

import dev.anneal.core.matrix.Matrix;
import dev.anneal.core.random.RandomStream;
import dev.anneal.nn.check.DoubleEvaluator;
import dev.anneal.nn.graph.Parameter;
import dev.anneal.nn.graph.Program;
import dev.anneal.nn.model.Loss;
import dev.anneal.nn.model.Model;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;

/** Random weights, features and labels for a program: all exact as floats. */
public final class RandomBatch {
  private final int size;
  final float[] features;
  final float[] labels;
  public final Map<Parameter, float[]> weights = new LinkedHashMap<>();
  public final RandomStream dropout = new RandomStream(9);

  public RandomBatch(Model model, Loss loss, int size, long seed) {
    this(
        model.parameters(),
        model.features(),
        loss.classes(model.outputs()),
        loss.labels(model.outputs()),
        size,
        seed);
  }

  public RandomBatch(List<Parameter> parameters, int features, int classes, int size, long seed) {
    this(parameters, features, classes, 1, size, seed);
  }

  private RandomBatch(
      List<Parameter> parameters, int features, int classes, int labels, int size, long seed) {
    Random random = new Random(seed);
    this.size = size;
    this.features = numbers(random, size * features);
    this.labels = new float[size * labels];
    for (int i = 0; i < this.labels.length; i++) {
      this.labels[i] = classes > 0 ? random.nextInt(classes) : random.nextFloat();
    }
    parameters.forEach(p -> weights.put(p, numbers(random, p.size())));
  }

  private static float[] numbers(Random random, int n) {
    float[] numbers = new float[n];
    for (int i = 0; i < n; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }

  public DoubleEvaluator evaluator(Program program) {
    return evaluator(program, RandomBatch::widened);
  }

  /** With weights and features off by as much as rounding to single precision can make them. */
  public DoubleEvaluator rounded(Program program, Random random) {
    return evaluator(
        program,
        values -> {
          double[] near = widened(values);
          for (int i = 0; i < near.length; i++) {
            near[i] *= 1 + (random.nextBoolean() ? 0x1p-24 : -0x1p-24);
          }
          return near;
        });
  }

  private DoubleEvaluator evaluator(Program program, Function<float[], double[]> read) {
    Map<Parameter, double[]> wide = new LinkedHashMap<>();
    weights.forEach((parameter, values) -> wide.put(parameter, read.apply(values)));
    return new DoubleEvaluator(program, size, wide, read.apply(features), widened(labels), dropout);
  }

  /** Makes this the plan's current batch, with these weights. */
  public void put(ParameterStore store, Plan plan) {
    weights.forEach((parameter, values) -> store.matrix(parameter).set(values, 0));
    put(plan);
  }

  /** Makes this the plan's current batch. */
  public void put(Plan plan) {
    Input input = plan.inputs().next();
    for (int row = 0; row < size; row++) {
      copy(features, row, input.features());
      copy(labels, row, input.labels());
    }
    plan.inputs().advance();
  }

  private void copy(float[] from, int row, Matrix to) {
    int columns = from.length / size;
    System.arraycopy(from, row * columns, to.array(), to.index(row, 0), columns);
  }

  private static double[] widened(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }
}
