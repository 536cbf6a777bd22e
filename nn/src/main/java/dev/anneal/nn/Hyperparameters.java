package dev.anneal.nn;

import dev.anneal.core.InputException;
import dev.anneal.core.Suggestions;
import dev.anneal.core.optimize.Hyperparameter;
import dev.anneal.core.optimize.Optimizer;
import dev.anneal.core.schedule.Progress;
import dev.anneal.core.schedule.Schedule;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The values of an optimizer's hyper-parameters at an update, and the number of the update: what
 * its rule reads.
 */
final class Hyperparameters {
  private final Hyperparameter[] all;
  private final int learningRate;
  private final double[] uniforms;

  Hyperparameters(Optimizer optimizer) {
    List<Hyperparameter> list = optimizer.hyperparameters();
    all = list.toArray(Hyperparameter[]::new);
    learningRate =
        list.stream().map(Hyperparameter::name).toList().indexOf(Optimizer.LEARNING_RATE);
    if (learningRate < 0) {
      throw new IllegalArgumentException(
          optimizer.getClass().getName()
              + " declares no hyper-parameter "
              + Optimizer.LEARNING_RATE);
    }
    uniforms = new double[all.length + 1];
  }

  /** Says which schedule would wait for a metric that never comes. */
  void checkMonitored(Set<String> measured) {
    for (Hyperparameter each : all) {
      monitored(each.schedule())
          .filter(metric -> !measured.contains(metric))
          .findFirst()
          .ifPresent(metric -> {
            throw new InputException(
                "the schedule of %s is driven by %s, which is not measured; measured are %s"
                    .formatted(
                        each.name(), metric, Suggestions.list(List.copyOf(measured), "and")));
          });
    }
  }

  private static Stream<String> monitored(Schedule schedule) {
    return Stream.concat(
        schedule.monitored().stream(),
        schedule.parts().stream().flatMap(Hyperparameters::monitored));
  }

  /** Reads all schedules. */
  double[] at(Progress progress) {
    for (int i = 0; i < all.length; i++) {
      double value = all[i].schedule().at(progress);
      if (!(Math.abs(value) < Double.POSITIVE_INFINITY)) {
        throw new InputException(
            "%s is %s at iteration %d (epoch %d): its schedule %s must give a finite number"
                .formatted(
                    all[i].name(),
                    value,
                    progress.iteration(),
                    progress.epoch() + 1,
                    all[i].schedule()));
      }
      uniforms[i] = value;
    }
    uniforms[all.length] = progress.iteration() + 1.0;
    return uniforms;
  }

  /** The learning rate last read. */
  double learningRate() {
    return uniforms[learningRate];
  }

  /** Adds the values last read to an epoch's metrics. */
  void report(Map<String, Double> metrics) {
    for (int i = 0; i < all.length; i++) {
      metrics.put(all[i].name(), uniforms[i]);
    }
  }
}
