package dev.anneal.nn.training;

import dev.anneal.nn.group.Groups;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was measured in an epoch; accuracies only where labels are classes. {@code loss} and {@code
 * accuracy} are means over the epoch's samples, each taken just before the update that its batch
 * caused, as Keras reports them; {@code val_loss} and {@code val_accuracy} are measured after the
 * epoch's last update; {@code learning_rate} and the other hyper-parameters are those of the last
 * update, under the names of {@link Groups#schedules}; {@code samples_per_second} counts training
 * alone.
 *
 * @param epoch counted from 1
 * @param values in a fixed order
 */
public record EpochMetrics(int epoch, Map<Metric, Double> values) {
  /** Copies the map. */
  public EpochMetrics {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /**
   * A metric.
   *
   * @param metric which
   * @return its value, NaN if it was not measured
   */
  public double value(Metric metric) {
    return values.getOrDefault(metric, Double.NaN);
  }

  /**
   * A metric.
   *
   * @param name its {@link Metric#name}
   * @return its value, NaN if it was not measured
   */
  public double value(String name) {
    for (Map.Entry<Metric, Double> each : values.entrySet()) {
      if (each.getKey().name().equals(name)) {
        return each.getValue();
      }
    }
    return Double.NaN;
  }
}
