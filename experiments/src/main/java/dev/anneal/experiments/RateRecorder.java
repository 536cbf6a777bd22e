package dev.anneal.experiments;

import dev.anneal.api.optimizer.Hyperparameter;
import dev.anneal.nn.group.Groups;
import dev.anneal.nn.training.TrainingListener;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps the learning rates of every so many updates: what was really used, not what a formula says.
 * The rate of a group that was not trained is NaN.
 */
final class RateRecorder implements TrainingListener {
  private final long stride;
  private final Map<String, List<RatePoint>> curves = new LinkedHashMap<>();

  RateRecorder(long stride) {
    this.stride = stride;
  }

  @Override
  public void batch(Live live) {
    long iteration = live.iterations() - 1;
    if (iteration % stride == 0) {
      live.hyperparameters().stream()
          .filter(Hyperparameter::isLearningRate)
          .forEach(rate ->
              curves
                  .computeIfAbsent(rate, _ -> new ArrayList<>())
                  .add(new RatePoint(iteration, used(live, rate))));
    }
  }

  private static double used(Live live, String rate) {
    return live.hyperparameter(Groups.whenTrained(rate)) == 0
        ? Double.NaN
        : live.hyperparameter(rate);
  }

  /** The curves by the names of the rates, that of the first group first. */
  Map<String, List<RatePoint>> curves() {
    return curves;
  }
}
