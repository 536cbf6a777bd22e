package dev.anneal.testkit;

import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.core.matrix.Matrix;
import dev.anneal.core.update.Update;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/** The steps of a descent in double precision, each from where the descent stands. */
final class DoubleReference {
  private static final int PROBES = 4;

  /** Half a unit in the last place of a float. */
  private static final double ROUNDING = 0x1p-24;

  private final Descent descent;
  private final Random random;
  private final Probe exact;
  private final List<Probe> rounding = new ArrayList<>();

  /** An update, and the parameters that it works on. */
  private record Probe(List<DoubleUpdate.Weights> parameters, DoubleUpdate update) {}

  /**
   * Begins.
   *
   * @param operations whether not only what is read is rounded, but each operation too
   */
  DoubleReference(Optimizer optimizer, Descent descent, boolean operations, Random random) {
    this.descent = descent;
    this.random = random;
    List<DoubleUpdate.Weights> all = parameters();
    exact = new Probe(all, new DoubleUpdate(optimizer, all, Descent.NOISE));
    for (int i = 0; i < PROBES; i++) {
      List<DoubleUpdate.Weights> own = parameters();
      rounding.add(
          new Probe(
              own,
              DoubleUpdate.withErrors(
                  optimizer, own, Descent.NOISE, operations ? ROUNDING : 0, random)));
    }
  }

  private List<DoubleUpdate.Weights> parameters() {
    List<DoubleUpdate.Weights> all = new ArrayList<>();
    for (Matrix shape : descent.shapes()) {
      double[] weights = new double[shape.rows() * shape.columns()];
      all.add(new DoubleUpdate.Weights(shape.rows(), shape.columns(), weights));
    }
    return all;
  }

  /** What the next step leads to. */
  Map<String, double[]> step(float[] gradient) {
    return step(exact, gradient, 0);
  }

  /** How far rounding moves each number in it. */
  Map<String, double[]> spread(float[] gradient, Map<String, double[]> expected) {
    Map<String, double[]> moved = new LinkedHashMap<>();
    expected.forEach((name, numbers) -> moved.put(name, new double[numbers.length]));
    for (Probe probe : rounding) {
      Map<String, double[]> near = step(probe, gradient, ROUNDING);
      moved.forEach((name, most) -> {
        for (int i = 0; i < most.length; i++) {
          most[i] = Math.max(most[i], Math.abs(of(near, name)[i] - of(expected, name)[i]));
        }
      });
    }
    return moved;
  }

  private Map<String, double[]> step(Probe probe, float[] gradient, double error) {
    int at = 0;
    float[] weights = descent.weights();
    for (DoubleUpdate.Weights parameter : probe.parameters) {
      for (int i = 0; i < parameter.weights().length; i++) {
        parameter.weights()[i] = near(weights[at + i], error);
        parameter.gradient()[i] = near(gradient[at + i], error);
      }
      at += parameter.weights().length;
    }
    List<Update.State> kept = descent.kept();
    for (int i = 0; i < kept.size(); i++) {
      int parameter = i;
      kept.get(i)
          .arrays()
          .forEach((name, array) -> {
            double[] slot = probe.update.slot(parameter, name);
            for (int j = 0; j < array.length; j++) {
              slot[j] = near(array[j], error);
            }
          });
      kept.get(i)
          .scalars()
          .forEach((name, number) -> probe.update.slot(parameter, name)[0] = number);
    }
    probe.update.step(() -> 1, descent.values());
    Map<String, double[]> all = new LinkedHashMap<>();
    all.put(
        Descent.WEIGHTS,
        probe.parameters.stream().flatMapToDouble(each -> Arrays.stream(each.weights())).toArray());
    for (int i = 0; i < kept.size(); i++) {
      int parameter = i;
      kept.get(i)
          .arrays()
          .keySet()
          .forEach(name ->
              all.put(Descent.slot(name, parameter), probe.update.slot(parameter, name).clone()));
    }
    return all;
  }

  static double[] of(Map<String, double[]> numbers, String name) {
    return Objects.requireNonNull(numbers.get(name), name);
  }

  private double near(double number, double error) {
    return number * (1 + (random.nextBoolean() ? error : -error));
  }
}
