package dev.anneal.testkit;

import dev.anneal.core.kernel.Matrix;
import dev.anneal.core.optimize.DoubleUpdate;
import dev.anneal.core.optimize.Optimizer;
import dev.anneal.core.optimize.Update;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/** The next step of a descent in double precision, from where it stands. */
final class Twin {
  private static final int PROBES = 4;

  private final Optimizer optimizer;
  private final Descent descent;
  private final float[] gradient;

  Twin(Optimizer optimizer, Descent descent, float[] gradient) {
    this.optimizer = optimizer;
    this.descent = descent;
    this.gradient = gradient;
  }

  /**
   * What the step leads to.
   *
   * @param error by which part of itself each number that is read is changed, up or down
   */
  Map<String, double[]> step(double error, Random random) {
    List<DoubleUpdate.Weights> parameters = new ArrayList<>();
    int at = 0;
    float[] weights = descent.weights();
    for (Matrix shape : descent.shapes()) {
      int n = shape.rows() * shape.columns();
      DoubleUpdate.Weights parameter =
          new DoubleUpdate.Weights(shape.rows(), shape.columns(), new double[n]);
      for (int i = 0; i < n; i++) {
        parameter.weights()[i] = near(weights[at + i], error, random);
        parameter.gradient()[i] = near(gradient[at + i], error, random);
      }
      parameters.add(parameter);
      at += n;
    }
    DoubleUpdate update = new DoubleUpdate(optimizer, parameters, Descent.NOISE);
    List<Update.Kept> kept = descent.kept();
    for (int i = 0; i < kept.size(); i++) {
      int parameter = i;
      kept.get(i)
          .arrays()
          .forEach((name, array) -> {
            double[] slot = update.slot(parameter, name);
            for (int j = 0; j < array.length; j++) {
              slot[j] = near(array[j], error, random);
            }
          });
      kept.get(i).numbers().forEach((name, number) -> update.slot(parameter, name)[0] = number);
    }
    update.step(() -> 1, descent.values());
    Map<String, double[]> all = new LinkedHashMap<>();
    all.put(
        Descent.WEIGHTS,
        parameters.stream().flatMapToDouble(each -> Arrays.stream(each.weights())).toArray());
    for (int i = 0; i < kept.size(); i++) {
      int parameter = i;
      kept.get(i)
          .arrays()
          .keySet()
          .forEach(name -> all.put(Descent.slot(name, parameter), update.slot(parameter, name)));
    }
    return all;
  }

  static double[] of(Map<String, double[]> numbers, String name) {
    return Objects.requireNonNull(numbers.get(name), name);
  }

  private static double near(double number, double error, Random random) {
    return number * (1 + (random.nextBoolean() ? error : -error));
  }

  /** How far rounding what is read to single precision moves each number. */
  Map<String, double[]> spread(Map<String, double[]> expected, Random random) {
    Map<String, double[]> moved = new LinkedHashMap<>();
    expected.forEach((name, numbers) -> moved.put(name, new double[numbers.length]));
    for (int probe = 0; probe < PROBES; probe++) {
      Map<String, double[]> near = step(0x1p-24, random);
      moved.forEach((name, most) -> {
        for (int i = 0; i < most.length; i++) {
          most[i] = Math.max(most[i], Math.abs(of(near, name)[i] - of(expected, name)[i]));
        }
      });
    }
    return moved;
  }
}
