package dev.anneal.experiments;

import dev.anneal.api.schedule.MetricHistory;
import dev.anneal.nn.training.EpochMetrics;
import dev.anneal.nn.training.Metric;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

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
 * @param measures what else was measured on the validation samples, by the names of its metrics
 */
public record EpochRecord(
    int epoch,
    double loss,
    double accuracy,
    double valLoss,
    double valAccuracy,
    double learningRate,
    Map<String, Double> measures) {
  /** Copies the map. */
  public EpochRecord {
    measures = Collections.unmodifiableMap(new LinkedHashMap<>(measures));
  }

  /**
   * The usual metrics alone.
   *
   * @param epoch which epoch, counted from 1
   * @param loss the training loss
   * @param accuracy the training accuracy, a fraction
   * @param valLoss the validation loss
   * @param valAccuracy the validation accuracy, a fraction
   * @param learningRate the learning rate of the epoch's last update
   */
  public EpochRecord(
      int epoch,
      double loss,
      double accuracy,
      double valLoss,
      double valAccuracy,
      double learningRate) {
    this(epoch, loss, accuracy, valLoss, valAccuracy, learningRate, Map.of());
  }

  /**
   * The mean of several, such as those of one epoch of runs with other seeds.
   *
   * @param epoch which epoch the mean stands for
   * @param rows what was measured; a number that is none in a row counts for nothing
   * @return their mean
   */
  public static EpochRecord mean(int epoch, List<EpochRecord> rows) {
    Map<String, Double> measures = new LinkedHashMap<>();
    for (EpochRecord row : rows) {
      row.measures
          .keySet()
          .forEach(
              name -> measures.computeIfAbsent(name, _ -> mean(rows, each -> each.value(name))));
    }
    return new EpochRecord(
        epoch,
        mean(rows, EpochRecord::loss),
        mean(rows, EpochRecord::accuracy),
        mean(rows, EpochRecord::valLoss),
        mean(rows, EpochRecord::valAccuracy),
        mean(rows, EpochRecord::learningRate),
        measures);
  }

  private static double mean(List<EpochRecord> rows, ToDoubleFunction<EpochRecord> number) {
    double first = rows.isEmpty() ? Double.NaN : number.applyAsDouble(rows.getFirst());
    return rows.stream().allMatch(row -> Double.compare(number.applyAsDouble(row), first) == 0)
        ? first
        : rows.stream().mapToDouble(number).filter(Double::isFinite).average().orElse(Double.NaN);
  }

  /**
   * How much worse it is on samples that did not train.
   *
   * @return the validation loss less the training loss; NaN where one of them is missing
   */
  public double gap() {
    return valLoss - loss;
  }

  private double value(String name) {
    return measures.getOrDefault(name, Double.NaN);
  }

  /** The usual metrics of an epoch; {@code rate} is the name of the learning rate. */
  static EpochRecord of(EpochMetrics metrics, String rate) {
    Map<String, Double> measures = new LinkedHashMap<>();
    metrics
        .values()
        .forEach((metric, value) -> {
          if (metric.source() == Metric.Source.VALIDATION && !isUsual(metric.name())) {
            measures.put(metric.name(), value);
          }
        });
    return new EpochRecord(
        metrics.epoch(),
        metrics.value(MetricHistory.LOSS),
        metrics.value(MetricHistory.ACCURACY),
        metrics.value(MetricHistory.VAL_LOSS),
        metrics.value(MetricHistory.VAL_ACCURACY),
        metrics.value(rate),
        measures);
  }

  private static boolean isUsual(String name) {
    return name.equals(MetricHistory.VAL_LOSS) || name.equals(MetricHistory.VAL_ACCURACY);
  }

  /** Stands for the epoch that is asked for where there is none. */
  public static final EpochRecord NONE =
      new EpochRecord(0, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
}
