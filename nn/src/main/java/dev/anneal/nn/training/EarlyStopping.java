package dev.anneal.nn.training;

import dev.anneal.api.InputException;
import dev.anneal.api.schedule.MetricHistory;

/**
 * Ends a run that no longer improves: when {@code patience} epochs in a row were not better than
 * the best before them, as Keras's callback decides it.
 *
 * @param monitor what to improve
 * @param patience epochs to wait, at least 1
 */
public record EarlyStopping(Monitor monitor, int patience) {
  /** Checks the number. */
  public EarlyStopping {
    if (patience < 1) {
      throw new InputException(
          "early stopping: patience must be at least 1 epoch, not " + patience);
    }
  }

  /**
   * Whether to stop now; as in Keras, never after the first epoch.
   *
   * @param history the metrics so far
   * @return whether the last {@code patience} epochs brought nothing
   */
  public boolean stops(MetricHistory history) {
    return history.epochs() > 1 && history.epochs() - 1 - monitor.best(history) >= patience;
  }
}
