package dev.anneal.nn.training;

import dev.anneal.nn.plan.Plan;

/** Loss and accuracy of samples, added in their order and in double precision. */
final class MetricAccumulator {
  private final int outputs;
  private final boolean classes;
  private double loss;
  private double batchLoss;
  private long right;
  private long judged;
  private long samples;

  /**
   * Begins with nothing.
   *
   * @param classes whether labels are classes; if not, nothing is right or wrong
   */
  MetricAccumulator(int outputs, boolean classes) {
    this.outputs = outputs;
    this.classes = classes;
  }

  /** Adds the batch that a plan just ran. */
  void add(Plan plan, int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      loss += plan.loss(i);
      sum += plan.loss(i);
      if (classes && predicted(plan, i) == (int) plan.label(i, 0)) {
        right++;
      }
    }
    if (classes) {
      judged += count;
    }
    samples += count;
    batchLoss = sum / count;
  }

  /** Adds samples of which the mean loss is known, and nothing else. */
  void add(double meanLoss, int count) {
    loss += meanLoss * count;
    samples += count;
    batchLoss = meanLoss;
  }

  /** The first of the largest scores; for one score, whether it is positive. */
  private int predicted(Plan plan, int sample) {
    if (outputs == 1) {
      return plan.score(sample, 0) > 0 ? 1 : 0;
    }
    int best = 0;
    for (int column = 1; column < outputs; column++) {
      if (plan.score(sample, column) > plan.score(sample, best)) {
        best = column;
      }
    }
    return best;
  }

  void clear() {
    loss = 0;
    right = 0;
    judged = 0;
    samples = 0;
  }

  double loss() {
    return loss / samples;
  }

  /** The mean of what was added last. */
  double batchLoss() {
    return batchLoss;
  }

  /** NaN where nothing is right or wrong. */
  double accuracy() {
    return (double) right / judged;
  }

  long samples() {
    return samples;
  }

  /** What was added so far. */
  void save(StateWriter to) {
    to.doubles("loss", loss);
    to.longs("counts", right, judged, samples);
  }

  /** Goes on from there. */
  void restore(StateReader from) {
    loss = from.doubles("loss")[0];
    long[] counts = from.longs("counts", 3);
    right = counts[0];
    judged = counts[1];
    samples = counts[2];
  }
}
