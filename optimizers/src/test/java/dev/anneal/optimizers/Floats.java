package dev.anneal.optimizers;

import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.core.kernel.Width;
import dev.anneal.core.matrix.Layout;
import dev.anneal.core.matrix.Matrix;
import dev.anneal.core.parallel.Workers;
import dev.anneal.core.random.RandomStream;
import dev.anneal.core.update.Update;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Takes the steps of an optimizer in single precision, over one parameter. */
final class Floats {
  private final Update update;
  private final Clock clock;
  private final Matrix weights;
  private final Matrix gradient;
  private final List<Runnable> passes;

  /** All that goes from step to step. */
  record State(float[] weights, Update.State kept, int steps) {}

  Floats(Optimizer optimizer, Width width, float... weights) {
    this(optimizer, width, 1, weights);
  }

  Floats(Optimizer optimizer, Width width, int rows, float... start) {
    weights = Matrix.zeros(rows, start.length / rows, Layout.ROWS);
    gradient = Matrix.zeros(rows, start.length / rows, Layout.ROWS);
    weights.set(start, 0);
    clock = new Clock(optimizer, Map.of());
    update = new Update(optimizer, List.of(weights), new RandomStream(0), width, new Workers(1));
    passes =
        IntStream.range(0, update.passes())
            .<Runnable>mapToObj(pass -> update.separate(pass, Map.of(0, gradient), () -> 1))
            .toList();
  }

  /** One step, with the same gradient in all its passes. */
  float[] step(float... numbers) {
    gradient.set(numbers, 0);
    update.prepare(clock.next());
    passes.forEach(Runnable::run);
    return weights();
  }

  float[] weights() {
    return weights.get();
  }

  State state() {
    return new State(weights(), update.save().getFirst(), clock.steps());
  }

  void restore(State state) {
    weights.set(state.weights, 0);
    update.restore(List.of(state.kept), state.steps);
    clock.moveTo(state.steps);
  }
}
