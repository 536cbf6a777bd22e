package dev.anneal.nn.plan;

import dev.anneal.core.random.RandomStream;
import dev.anneal.nn.Model;
import dev.anneal.nn.check.DoubleEvaluator;
import dev.anneal.nn.graph.Parameter;
import dev.anneal.nn.graph.Program;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Random weights, features and labels for a program: all exact as floats. */
public final class RandomBatch {
  final float[] features;
  final float[] labels;
  public final Map<Parameter, float[]> weights = new LinkedHashMap<>();
  public final RandomStream dropout = new RandomStream(9);

  public RandomBatch(Model model, int size, long seed) {
    this(model.parameters(), model.features(), Math.max(2, model.outputs()), size, seed);
  }

  public RandomBatch(List<Parameter> parameters, int features, int classes, int size, long seed) {
    Random random = new Random(seed);
    this.features = numbers(random, size * features);
    labels = new float[size];
    for (int i = 0; i < size; i++) {
      labels[i] = random.nextInt(classes);
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
    Map<Parameter, double[]> wide = new LinkedHashMap<>();
    weights.forEach((parameter, values) -> wide.put(parameter, widened(values)));
    return new DoubleEvaluator(
        program, labels.length, wide, widened(features), widened(labels), dropout);
  }

  /** Makes this the plan's current batch, with these weights. */
  public void put(Arena arena, Plan plan) {
    weights.forEach((parameter, values) -> arena.matrix(parameter).set(values, 0));
    put(plan);
  }

  /** Makes this the plan's current batch. */
  public void put(Plan plan) {
    Input input = plan.next();
    int columns = features.length / labels.length;
    for (int row = 0; row < labels.length; row++) {
      int to = input.features().index(row, 0);
      System.arraycopy(features, row * columns, input.features().array(), to, columns);
      input.set(row, labels[row]);
    }
    plan.advance();
  }

  private static double[] widened(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }
}
