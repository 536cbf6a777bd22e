package dev.anneal.nn;

import dev.anneal.core.schedule.MetricHistory;
import dev.anneal.core.schedule.Progress;

/** Where a run stands: the one {@link Progress} that a trainer moves along. */
final class Cursor implements Progress {
  private final int iterationsPerEpoch;
  private final long totalIterations;
  private final MetricHistory metrics;
  private long iteration;

  Cursor(int iterationsPerEpoch, long totalIterations, MetricHistory metrics) {
    this.iterationsPerEpoch = iterationsPerEpoch;
    this.totalIterations = totalIterations;
    this.metrics = metrics;
  }

  void advance() {
    iteration++;
  }

  @Override
  public long iteration() {
    return iteration;
  }

  @Override
  public int iterationsPerEpoch() {
    return iterationsPerEpoch;
  }

  @Override
  public long totalIterations() {
    return totalIterations;
  }

  @Override
  public MetricHistory metrics() {
    return metrics;
  }
}
