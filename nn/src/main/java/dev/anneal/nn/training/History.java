package dev.anneal.nn.training;

import dev.anneal.api.schedule.MetricHistory;
import dev.anneal.nn.measure.Measure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.DoubleStream;

/** The metrics of all epochs of a run. */
public final class History implements MetricHistory {
  private final List<EpochMetrics> rows = new ArrayList<>();

  private final List<Measure> measures;

  History(List<Measure> measures) {
    this.measures = measures;
  }

  void add(EpochMetrics row) {
    rows.add(row);
  }

  /**
   * All epochs so far.
   *
   * @return a view, first epoch first
   */
  public List<EpochMetrics> rows() {
    return Collections.unmodifiableList(rows);
  }

  /**
   * The last epoch.
   *
   * @return its metrics
   */
  public EpochMetrics last() {
    return rows.getLast();
  }

  @Override
  public int epochs() {
    return rows.size();
  }

  @Override
  public double value(String metric, int epoch) {
    return rows.get(epoch).value(metric);
  }

  @Override
  public boolean moreIsBetter(String metric) {
    return rows.stream()
        .flatMap(row -> row.values().keySet().stream())
        .filter(each -> each.name().equals(metric))
        .findFirst()
        .map(each -> isRising(each.quantity()))
        .orElse(false);
  }

  private boolean isRising(String quantity) {
    return quantity.equals(ACCURACY)
        || measures.stream()
            .anyMatch(each -> each.quantity().equals(quantity) && each.moreIsBetter());
  }

  /** Writes a table for each metric, [rows x 2]: the epoch, and the value. */
  void save(StateWriter to) {
    Set<Metric> metrics = new LinkedHashSet<>();
    rows.forEach(row -> metrics.addAll(row.values().keySet()));
    to.longs("size", epochs(), metrics.size());
    int number = 0;
    for (Metric metric : metrics) {
      StateWriter own = to.within("metric_" + number++);
      own.text("quantity", metric.quantity());
      own.text("part", metric.part());
      own.text("source", metric.source().name());
      own.doubles(
          "values",
          rows.stream()
              .filter(row -> row.values().containsKey(metric))
              .flatMapToDouble(row -> DoubleStream.of(row.epoch(), row.value(metric)))
              .toArray());
    }
  }

  /** Goes on from there. */
  void restore(StateReader from) {
    rows.clear();
    long[] size = from.longs("size", 2);
    List<Map<Metric, Double>> read = new ArrayList<>();
    for (int epoch = 0; epoch < size[0]; epoch++) {
      read.add(new LinkedHashMap<>());
    }
    for (int number = 0; number < size[1]; number++) {
      StateReader own = from.within("metric_" + number);
      Metric metric =
          new Metric(
              own.text("quantity"), own.text("part"), Metric.Source.valueOf(own.text("source")));
      double[] values = own.doubles("values");
      for (int i = 0; i < values.length; i += 2) {
        read.get((int) values[i] - 1).put(metric, values[i + 1]);
      }
    }
    read.forEach(values -> rows.add(new EpochMetrics(rows.size() + 1, values)));
  }
}
