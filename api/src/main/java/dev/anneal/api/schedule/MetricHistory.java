package dev.anneal.api.schedule;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The metrics recorded at the end of each epoch so far, for schedules and stopping rules that are
 * driven by a metric.
 */
public interface MetricHistory {
  /** Mean training loss, in nats. */
  String LOSS = "loss";

  /** Part of the training samples predicted right. */
  String ACCURACY = "accuracy";

  /** Mean validation loss, in nats. */
  String VAL_LOSS = "val_loss";

  /** Part of the validation samples predicted right. */
  String VAL_ACCURACY = "val_accuracy";

  /** A history without epochs. */
  MetricHistory NONE =
      new MetricHistory() {
        @Override
        public int epochs() {
          return 0;
        }

        @Override
        public double value(String metric, int epoch) {
          throw new IndexOutOfBoundsException("no epoch " + epoch + ": nothing is recorded yet");
        }
      };

  /**
   * The number of epochs recorded.
   *
   * @return at least 0
   */
  int epochs();

  /**
   * A metric at the end of an epoch.
   *
   * @param metric its name, such as {@code val_loss}
   * @param epoch 0 to {@code epochs() - 1}
   * @return the recorded value, NaN where the metric was not recorded
   */
  double value(String metric, int epoch);

  /**
   * Which way of a metric is up.
   *
   * @param metric its name; of several objectives with the name of one before it, such as {@code
   *     generator/loss}
   * @return whether a higher value is a better one: of those that are always known, accuracies
   */
  default boolean moreIsBetter(String metric) {
    return Set.of(ACCURACY, VAL_ACCURACY).contains(metric.substring(metric.lastIndexOf('/') + 1));
  }

  /**
   * The metrics that a schedule may be driven by: those that depend on the run alone.
   *
   * @param validated whether there are validation samples
   * @return their names
   */
  static Set<String> measured(boolean validated) {
    Set<String> names = new LinkedHashSet<>(List.of(LOSS, ACCURACY));
    if (validated) {
      names.addAll(List.of(VAL_LOSS, VAL_ACCURACY));
    }
    return names;
  }
}
