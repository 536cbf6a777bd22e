package dev.anneal.nn.training;

import dev.anneal.api.InputException;
import dev.anneal.api.schedule.Progress;
import dev.anneal.core.tensor.Tensor;
import dev.anneal.nn.model.Model;
import dev.anneal.nn.plan.Input;
import dev.anneal.nn.plan.Plan;

/**
 * Runs a model in training on rows of numbers.
 *
 * @param model the model
 * @param plan computes it
 * @param batch how many rows at a time
 */
record PlanPredictor(Model model, Plan plan, int batch) {
  /**
   * What the model predicts. What it draws at random is another for each row.
   *
   * @param samples a row for each, [samples x features]
   * @return a row for each, [samples x outputs]
   */
  Tensor predict(Tensor samples) {
    int[] shape = samples.shape();
    int features = model.features();
    if (shape.length != 2 || shape[1] != features) {
      throw new InputException(
          "the model takes rows of %d numbers, not a %s".formatted(features, samples));
    }
    int outputs = model.outputs();
    Tensor predictions = Tensor.zeros(shape[0], outputs);
    for (int from = 0; from < shape[0]; from += batch) {
      int count = Math.min(batch, shape[0] - from);
      Input input = plan.inputs().next();
      for (int row = 0; row < count; row++) {
        System.arraycopy(
            samples.elements(),
            (from + row) * features,
            input.features().array(),
            input.features().index(row, 0),
            features);
        input.set(row, 0);
      }
      plan.inputs().advance();
      plan.run(count, Progress.at(from / batch, 1, shape[0]));
      for (int i = 0; i < count * outputs; i++) {
        predictions.elements()[from * outputs + i] = plan.output(i / outputs, i % outputs);
      }
    }
    return predictions;
  }
}
