package dev.anneal.optimizers;

import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.optimizer.Slot;
import dev.anneal.core.random.RandomStream;
import dev.anneal.core.update.UpdateCompiler;
import dev.anneal.core.update.UpdateProgram;
import dev.anneal.testkit.DoubleUpdate;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;

/** Takes the steps of an optimizer in double precision, over one parameter. */
final class Doubles {
  private final DoubleUpdate update;
  private final Clock clock;
  private final DoubleUpdate.Weights parameter;

  Doubles(Optimizer optimizer, double... weights) {
    this(optimizer, Map.of(), 1, weights);
  }

  /**
   * Begins.
   *
   * @param instead values of hyper-parameters by the number of the step, counted from 0
   * @param rows of the matrix of weights
   */
  Doubles(
      Optimizer optimizer, Map<String, IntToDoubleFunction> instead, int rows, double... weights) {
    clock = new Clock(optimizer, instead);
    parameter = new DoubleUpdate.Weights(rows, weights.length / rows, weights.clone());
    update = new DoubleUpdate(optimizer, List.of(parameter), new RandomStream(0));
  }

  /** The names of what an optimizer keeps for a row of weights. */
  static List<String> slots(Optimizer optimizer) {
    return UpdateCompiler.compile(optimizer, new UpdateProgram.Shape(1, 3), 0).slots().stream()
        .map(Slot::name)
        .toList();
  }

  /** One step, at a loss of 1; returns the first weight after it. */
  double step(double... gradient) {
    return step(1, gradient);
  }

  /** One step at another loss. */
  double step(double loss, double[] gradient) {
    System.arraycopy(gradient, 0, parameter.gradient(), 0, gradient.length);
    update.step(() -> loss, clock.next());
    return parameter.weights()[0];
  }

  double[] weights() {
    return parameter.weights();
  }

  double[] evaluated() {
    return update.evaluated(0);
  }

  Map<String, Double> reports() {
    return update.reports(0);
  }

  double[] slot(String name) {
    return update.slot(0, name);
  }
}
