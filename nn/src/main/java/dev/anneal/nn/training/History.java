package dev.anneal.nn.training;

import dev.anneal.api.schedule.MetricHistory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The metrics of all epochs of a run. */
public final class History implements MetricHistory {
  private final List<EpochMetrics> rows = new ArrayList<>();

  History() {}

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
}
