package dev.anneal.nn.training;

import dev.anneal.api.InputException;
import dev.anneal.api.Messages;
import dev.anneal.api.schedule.MetricHistory;
import java.util.List;
import java.util.Set;

/**
 * What makes one epoch better than another. It is a function of the history, so a resumed run
 * decides as an uninterrupted one does.
 *
 * @param metric loss, accuracy, val_loss or val_accuracy; of several objectives with the name of
 *     one before it, such as {@code generator/loss}. What ends in {@code accuracy} should rise, any
 *     other should fall
 * @param minDelta what counts as an improvement, at least 0
 */
public record Monitor(String metric, double minDelta) {
  private static final List<String> MEASURED =
      List.of(
          MetricHistory.VAL_LOSS,
          MetricHistory.VAL_ACCURACY,
          MetricHistory.LOSS,
          MetricHistory.ACCURACY);

  /** Checks the metric's name and the number. */
  public Monitor {
    String quantity = metric.substring(metric.lastIndexOf('/') + 1);
    if (!MEASURED.contains(quantity)) {
      throw new InputException(
          "monitor: no metric is named \"%s\"%s; known: %s"
              .formatted(metric, Messages.didYouMean(quantity, MEASURED), Messages.list(MEASURED)));
    }
    if (!(minDelta >= 0 && minDelta < Double.POSITIVE_INFINITY)) {
      throw new InputException("min_delta must be in [0, inf), not " + minDelta);
    }
  }

  /** Makes sure that there will be something to decide by. */
  void checkMeasured(Set<String> measured) {
    if (!measured.contains(metric)) {
      throw new InputException(
          "monitor: %s is not measured; measured are %s"
              .formatted(metric, Messages.list(List.copyOf(measured), "and")));
    }
  }

  /**
   * The best epoch so far.
   *
   * @param history the metrics so far
   * @return counted from 0; -1 if no epoch had a finite number
   */
  public int best(MetricHistory history) {
    double sign = metric.endsWith(MetricHistory.ACCURACY) ? -1 : 1;
    int best = -1;
    double lowest = Double.POSITIVE_INFINITY;
    for (int epoch = 0; epoch < history.epochs(); epoch++) {
      double value = sign * history.value(metric, epoch);
      if (value < lowest - minDelta) {
        best = epoch;
        lowest = value;
      }
    }
    return best;
  }
}
