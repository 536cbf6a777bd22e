package dev.anneal.experiments;

import dev.anneal.api.schedule.MetricHistory;
import dev.anneal.nn.training.EpochMetrics;

/**
 * What was measured at the end of one epoch. A number that was not measured, or that is no number
 * any more, is NaN.
 *
 * @param epoch which epoch, counted from 1
 * @param loss the training loss
 * @param accuracy the training accuracy, a fraction
 * @param valLoss the validation loss
 * @param valAccuracy the validation accuracy, a fraction
 * @param learningRate the learning rate of the epoch's last update, of several that of the first
 *     group
 */
public record EpochRecord(
    int epoch,
    double loss,
    double accuracy,
    double valLoss,
    double valAccuracy,
    double learningRate) {

  /** The usual metrics of an epoch; {@code rate} is the name of the learning rate. */
  static EpochRecord of(EpochMetrics metrics, String rate) {
    return new EpochRecord(
        metrics.epoch(),
        metrics.value(MetricHistory.LOSS),
        metrics.value(MetricHistory.ACCURACY),
        metrics.value(MetricHistory.VAL_LOSS),
        metrics.value(MetricHistory.VAL_ACCURACY),
        metrics.value(rate));
  }

  /** Stands for the epoch that is asked for where there is none. */
  public static final EpochRecord NONE =
      new EpochRecord(0, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
}
