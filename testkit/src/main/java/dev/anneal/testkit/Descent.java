package dev.anneal.testkit;

import dev.anneal.core.kernel.FloatKernel;
import dev.anneal.core.kernel.Kernels;
import dev.anneal.core.kernel.Width;
import dev.anneal.core.optimize.Hyperparameter;
import dev.anneal.core.optimize.Optimizer;
import dev.anneal.core.optimize.UpdateRule;
import dev.anneal.core.schedule.Cursor;
import dev.anneal.core.schedule.MetricHistory;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Weights under an optimizer: what the engine keeps for them, and its steps, one after the other.
 */
final class Descent {
  static final int WEIGHTS = 0;
  static final int GRADIENT = 1;

  private static final int PER_EPOCH = 10;
  private static final int TOTAL = 1000;

  final float[][] arrays;
  private final List<Hyperparameter> hyperparameters;
  private final UpdateRule rule;
  private final FloatKernel kernel;
  private final float[] prepared;
  private final double[] uniforms;
  private final int[] offsets;
  private final int[] cuts;
  private final Cursor cursor = new Cursor(PER_EPOCH, TOTAL, MetricHistory.NONE);

  /** Begins with these weights, and slots and scalars as the rule has them. */
  Descent(Optimizer optimizer, float[] weights, Width width, int... cuts) {
    hyperparameters = optimizer.hyperparameters();
    rule = optimizer.rule();
    kernel = Kernels.compile(rule.formula(), width);
    prepared = new float[kernel.preparedSize()];
    uniforms = rule.uniforms();
    arrays = new float[2 + rule.slots().size()][weights.length];
    arrays[WEIGHTS] = weights.clone();
    for (int slot = 0; slot < rule.slots().size(); slot++) {
      Arrays.fill(arrays[GRADIENT + 1 + slot], (float) rule.slots().get(slot).initial());
    }
    offsets = new int[arrays.length];
    this.cuts = cuts;
  }

  Descent(Optimizer optimizer, float[] weights) {
    this(optimizer, weights, Width.preferred());
  }

  /** Goes on from where another one stands. */
  Descent resumed(Optimizer optimizer) {
    Descent copy = new Descent(optimizer, arrays[WEIGHTS]);
    for (int i = 0; i < arrays.length; i++) {
      copy.arrays[i] = arrays[i].clone();
    }
    System.arraycopy(uniforms, 0, copy.uniforms, 0, uniforms.length);
    copy.cursor.moveTo(cursor.iteration());
    return copy;
  }

  float[] weights() {
    return arrays[WEIGHTS];
  }

  float[] gradient() {
    return arrays[GRADIENT];
  }

  long steps() {
    return cursor.iteration();
  }

  /** The values of the hyper-parameters at the next step, its number, and the rule's scalars. */
  double[] uniforms() {
    for (int i = 0; i < hyperparameters.size(); i++) {
      uniforms[i] = hyperparameters.get(i).schedule().at(cursor);
    }
    uniforms[hyperparameters.size()] = cursor.iteration() + 1.0;
    return uniforms;
  }

  /** One step along the gradient, piece by piece where there are cuts. */
  void step() {
    kernel.prepare(uniforms(), prepared);
    int from = 0;
    for (int cut : cuts) {
      run(from, cut);
      from = cut;
    }
    run(from, weights().length);
    rule.advance(uniforms);
    cursor.advance();
  }

  private void run(int from, int to) {
    Arrays.fill(offsets, from);
    kernel.run(arrays, offsets, prepared, to - from);
  }

  /** Numbers of both signs and of magnitudes from 1/1000 to 1000. */
  static void fill(float[] numbers, Random random) {
    fill(numbers, 1000, random);
  }

  static float[] numbers(int n, Random random) {
    float[] numbers = new float[n];
    fill(numbers, random);
    return numbers;
  }

  /** Numbers of both signs and of magnitudes from 1/2 to 2. */
  static float[] aboutOne(int n, Random random) {
    float[] numbers = new float[n];
    fill(numbers, 2, random);
    return numbers;
  }

  private static void fill(float[] numbers, double most, Random random) {
    for (int i = 0; i < numbers.length; i++) {
      double magnitude = Math.pow(most, 2 * random.nextDouble() - 1);
      numbers[i] = (float) (random.nextBoolean() ? magnitude : -magnitude);
    }
  }
}
