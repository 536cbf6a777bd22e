package dev.anneal.optimizers;

import dev.anneal.core.kernel.DoubleKernel;
import dev.anneal.core.kernel.Kernels;
import dev.anneal.core.optimize.Optimizer;
import dev.anneal.core.optimize.UpdateRule;
import java.util.Arrays;
import java.util.Map;
import java.util.function.IntToDoubleFunction;

/** Takes the steps of an optimizer in double precision. */
final class Doubles {
  private final UpdateRule rule;
  private final DoubleKernel kernel;
  private final Clock clock;
  private final double[][] arrays;

  Doubles(Optimizer optimizer, double... weights) {
    this(optimizer, Map.of(), weights);
  }

  Doubles(Optimizer optimizer, Map<String, IntToDoubleFunction> instead, double... weights) {
    rule = optimizer.rule();
    kernel = Kernels.compileDouble(rule.formula());
    clock = new Clock(optimizer, rule, instead);
    arrays = new double[rule.formula().arrays()][weights.length];
    arrays[0] = weights.clone();
    for (int i = 0; i < rule.slots().size(); i++) {
      Arrays.fill(arrays[2 + i], rule.slots().get(i).initial());
    }
  }

  /** One step; returns the first weight after it. */
  double step(double... gradient) {
    arrays[1] = gradient;
    kernel.run(arrays, new int[arrays.length], clock.next(), gradient.length);
    clock.advance();
    return arrays[0][0];
  }

  double[] weights() {
    return arrays[0];
  }

  double[] slot(String name) {
    return arrays[2 + rule.slotNames().indexOf(name)];
  }
}
