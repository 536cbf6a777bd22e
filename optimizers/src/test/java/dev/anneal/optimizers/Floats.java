package dev.anneal.optimizers;

import dev.anneal.core.kernel.FloatKernel;
import dev.anneal.core.kernel.Kernels;
import dev.anneal.core.kernel.Width;
import dev.anneal.core.optimize.Optimizer;
import dev.anneal.core.optimize.UpdateRule;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Takes the steps of an optimizer in single precision, as the engine does. */
final class Floats {
  private final FloatKernel kernel;
  private final Clock clock;
  private final float[][] arrays;
  private final float[] prepared;

  /** All that goes from step to step. */
  record State(List<float[]> arrays, double[] clock) {}

  Floats(Optimizer optimizer, Width width, float... weights) {
    UpdateRule rule = optimizer.rule();
    kernel = Kernels.compile(rule.formula(), width);
    clock = new Clock(optimizer, rule, Map.of());
    arrays = new float[rule.formula().arrays()][weights.length];
    arrays[0] = weights.clone();
    for (int i = 0; i < rule.slots().size(); i++) {
      Arrays.fill(arrays[2 + i], (float) rule.slots().get(i).initial());
    }
    prepared = new float[kernel.preparedSize()];
  }

  float[] step(float... gradient) {
    arrays[1] = gradient;
    kernel.prepare(clock.next(), prepared);
    clock.advance();
    kernel.run(arrays, new int[arrays.length], prepared, gradient.length);
    return arrays[0];
  }

  float[] weights() {
    return arrays[0];
  }

  State state() {
    return new State(Arrays.stream(arrays).map(float[]::clone).toList(), clock.state());
  }

  void restore(State state) {
    for (int i = 0; i < arrays.length; i++) {
      arrays[i] = state.arrays.get(i).clone();
    }
    clock.restore(state.clock);
  }
}
