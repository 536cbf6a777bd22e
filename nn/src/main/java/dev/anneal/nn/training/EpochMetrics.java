package dev.anneal.nn.training;

import dev.anneal.nn.group.Groups;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
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
  /** Mean training loss, in nats. */
  public static final String LOSS = "loss";

  /** Part of the training samples predicted right. */
  public static final String ACCURACY = "accuracy";

  /** Mean validation loss, in nats. */
  public static final String VAL_LOSS = "val_loss";

  /** Part of the validation samples predicted right. */
  public static final String VAL_ACCURACY = "val_accuracy";

  /** Training samples in a second, without validation. */
  public static final String SAMPLES_PER_SECOND = "samples_per_second";

  /** Of a layer or group, after its name and a slash: the norm of the gradient. */
  public static final String GRADIENT_NORM = "gradient_norm";

  /** Likewise: the norm of an update relative to that of the weights before it. */
  public static final String UPDATE_RATIO = "update_ratio";

  /** Likewise: the norm of an update relative to that of the gradient. */
  public static final String EFFECTIVE_RATE = "effective_rate";

  /**
   * The metrics that a schedule may be driven by: those that depend on the run alone.
   *
   * @param validated whether there are validation samples
   * @return their names
   */
  public static Set<String> measured(boolean validated) {
    Set<String> names = new LinkedHashSet<>(List.of(LOSS, ACCURACY));
    if (validated) {
      names.addAll(List.of(VAL_LOSS, VAL_ACCURACY));
    }
    return names;
  }

  /** As {@link #measured(boolean)}, without what labels that are real numbers do not have. */
  static Set<String> measured(boolean validated, boolean classes) {
    Set<String> names = measured(validated);
    if (!classes) {
      names.removeAll(List.of(ACCURACY, VAL_ACCURACY));
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
