package dev.anneal.nn.training;

import dev.anneal.api.InputException;
import dev.anneal.api.Messages;
import dev.anneal.api.schedule.MetricHistory;
import java.util.List;
import java.util.Set;

/**
 * What makes one epoch better than another. It is a function of the history, so a resumed run
 * decides as an uninterrupted one does. Which way of the metric is up the history knows.
 *
 * @param metric the name of one that is measured: loss, accuracy, val_loss, val_accuracy, or of
 *     {@link Training#measuring}, such as {@code val_auc}; of several objectives with the name of
 *     one before it, such as {@code generator/loss}
 * @param minDelta what counts as an improvement, at least 0
 */
public record Monitor(String metric, double minDelta) {
  /** Checks the number. */
  public Monitor {
    if (!(minDelta >= 0 && minDelta < Double.POSITIVE_INFINITY)) {
      throw new InputException("min_delta must be in [0, inf), not " + minDelta);
    }
  }

  /**
   * Makes sure that there will be something to decide by.
   *
   * @param measured the names of what will be measured
   * @throws InputException if the metric is not among them
   */
  public void checkMeasured(Set<String> measured) {
    if (!measured.contains(metric)) {
      throw new InputException(
          "monitor: %s is not measured%s; measured are %s"
              .formatted(
                  Messages.brief(metric),
                  Messages.didYouMean(metric, measured),
                  Messages.list(List.copyOf(measured), "and")));
    }
  }

  /**
   * The best epoch so far.
   *
   * @param history the metrics so far
   * @return counted from 0; -1 if no epoch had a finite number
   */
  public int best(MetricHistory history) {
    double sign = history.moreIsBetter(metric) ? -1 : 1;
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
