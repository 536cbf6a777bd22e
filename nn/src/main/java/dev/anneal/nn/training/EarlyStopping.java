package dev.anneal.nn.training;

import dev.anneal.api.InputException;
import dev.anneal.api.Messages;
import dev.anneal.api.schedule.MetricHistory;
import java.util.List;
import java.util.Set;

/**
 * Ends a run that no longer improves: when {@code patience} epochs in a row were not better than
 * the best before them by more than {@code minDelta}, as Keras's callback decides it. It is a
 * function of the history, so a resumed run stops where an uninterrupted one does.
 *
 * @param monitor loss, accuracy, val_loss or val_accuracy; one whose name ends in {@code accuracy}
 *     should rise, any other should fall
 * @param patience epochs to wait, at least 1
 * @param minDelta what counts as an improvement, at least 0
 * @param restoreBest whether to put back the weights of the best epoch
 */
public record EarlyStopping(String monitor, int patience, double minDelta, boolean restoreBest) {
  private static final List<String> MEASURED =
      List.of(
          MetricHistory.VAL_LOSS,
          MetricHistory.VAL_ACCURACY,
          MetricHistory.LOSS,
          MetricHistory.ACCURACY);

  /** Checks the metric's name and the numbers. */
  public EarlyStopping {
    if (!MEASURED.contains(monitor)) {
      throw new InputException(
          "early stopping, monitor: no metric is named \"%s\"%s; known: %s"
              .formatted(monitor, Messages.didYouMean(monitor, MEASURED), Messages.list(MEASURED)));
    }
    if (patience < 1) {
      throw new InputException(
          "early stopping: patience must be at least 1 epoch, not " + patience);
    }
    if (!(minDelta >= 0 && minDelta < Double.POSITIVE_INFINITY)) {
      throw new InputException("early stopping: min_delta must be in [0, inf), not " + minDelta);
    }
  }

  /** Makes sure that there will be something to decide by. */
  void checkMonitored(Set<String> measured) {
    if (!measured.contains(monitor)) {
      throw new InputException(
          "early stopping: %s is not measured; measured are %s"
              .formatted(monitor, Messages.list(List.copyOf(measured), "and")));
    }
  }

  /**
   * The best epoch so far.
   *
   * @param history the metrics so far
   * @return counted from 0; -1 if no epoch had a finite number
   */
  public int best(MetricHistory history) {
    double sign = monitor.endsWith("accuracy") ? -1 : 1;
    int best = -1;
    double lowest = Double.POSITIVE_INFINITY;
    for (int epoch = 0; epoch < history.epochs(); epoch++) {
      double value = sign * history.value(monitor, epoch);
      if (value < lowest - minDelta) {
        best = epoch;
        lowest = value;
      }
    }
    return best;
  }

  /**
   * Whether to stop now; as in Keras, never after the first epoch.
   *
   * @param history the metrics so far
   * @return whether the last {@code patience} epochs brought nothing
   */
  public boolean stops(MetricHistory history) {
    return history.epochs() > 1 && history.epochs() - 1 - best(history) >= patience;
  }
}
