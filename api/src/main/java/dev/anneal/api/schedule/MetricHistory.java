package dev.anneal.api.schedule;


/**
 * The metrics recorded at the end of each epoch so far, for schedules and stopping rules that are
 * driven by a metric.
 */
public interface MetricHistory {
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
}
