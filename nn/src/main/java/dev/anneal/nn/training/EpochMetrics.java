package dev.anneal.nn.training;

import dev.anneal.api.schedule.MetricHistory;
import dev.anneal.nn.group.Groups;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was measured in an epoch; accuracies only where labels are classes. {@code loss} and {@code
 * accuracy} are means over the epoch's samples, each taken just before the update that its batch
 * caused, as Keras reports them; {@code val_loss} and {@code val_accuracy} are measured after the
 * epoch's last update; {@code learning_rate} and the other hyper-parameters are those of the last
 * update, under the names of {@link Groups#schedules}; {@code samples_per_second} counts training
 * alone.
 *
 * @param epoch counted from 1
 * @param values by name, in a fixed order
 */
public record EpochMetrics(int epoch, Map<String, Double> values) {
  /** Training samples in a second, without validation. */
  public static final String SAMPLES_PER_SECOND = "samples_per_second";

  /** Of a layer or group, after its name and a slash: the norm of the gradient. */
  public static final String GRADIENT_NORM = "gradient_norm";

  /** Likewise: the norm of an update relative to that of the weights before it. */
  public static final String UPDATE_RATIO = "update_ratio";

  /** Likewise: the norm of an update relative to that of the gradient. */
  public static final String EFFECTIVE_RATE = "effective_rate";

  /** As {@link MetricHistory#measured}, without what labels that are real numbers do not have. */
  static Set<String> measured(boolean validated, boolean classes) {
    Set<String> names = MetricHistory.measured(validated);
    if (!classes) {
      names.removeAll(List.of(MetricHistory.ACCURACY, MetricHistory.VAL_ACCURACY));
    }
    return names;
  }

  /** Copies the map. */
  public EpochMetrics {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /**
   * A metric.
   *
   * @param name its name
   * @return its value, NaN if it was not measured
   */
  public double value(String name) {
    return values.getOrDefault(name, Double.NaN);
  }
}
