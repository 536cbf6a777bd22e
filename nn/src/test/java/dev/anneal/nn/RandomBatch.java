package dev.anneal.nn;

import dev.anneal.core.random.RandomStream;
import dev.anneal.nn.graph.DoubleEvaluator;
import dev.anneal.nn.graph.Parameter;
import dev.anneal.nn.graph.Program;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Random weights, features and labels for a program: all exact as floats. */
final class RandomBatch {
  final float[] features;
  final float[] labels;
  final Map<Parameter, float[]> weights = new LinkedHashMap<>();
  final RandomStream dropout = new RandomStream(9);

  RandomBatch(Sequential model, int size, long seed) {
    this(model.parameters(), model.features(), Math.max(2, model.outputs()), size, seed);
  }

  RandomBatch(List<Parameter> parameters, int features, int classes, int size, long seed) {
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

  DoubleEvaluator evaluator(Program program) {
    Map<Parameter, double[]> wide = new LinkedHashMap<>();
    weights.forEach((parameter, values) -> wide.put(parameter, widened(values)));
    return new DoubleEvaluator(program, wide, widened(features), widened(labels), dropout);
  }

  private static double[] widened(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }
}
