package dev.anneal.nn.training;

import dev.anneal.nn.measure.Predictions;
import dev.anneal.nn.plan.Plan;

/** Keeps what a plan predicts for a set of samples, batch after batch. */
final class PredictionRecorder {
  private final int classes;
  private final int outputs;
  private final int targets;
  private final float[] scores;
  private final float[] labels;
  private int samples;

  PredictionRecorder(int classes, int outputs, int targets, int size) {
    this.classes = classes;
    this.outputs = outputs;
    this.targets = targets;
    scores = new float[Math.multiplyExact(size, outputs)];
    labels = new float[Math.multiplyExact(size, targets)];
  }

  /** Begins anew. */
  void clear() {
    samples = 0;
  }

  /** Whether it is for so many samples. */
  boolean isFor(int size) {
    return labels.length == size * targets;
  }

  /** Adds the batch that a plan just ran. */
  void add(Plan plan, int count) {
    for (int row = 0; row < count; row++, samples++) {
      for (int column = 0; column < outputs; column++) {
        scores[samples * outputs + column] =
            classes > 0 ? plan.score(row, column) : plan.output(row, column);
      }
      for (int column = 0; column < targets; column++) {
        labels[samples * targets + column] = plan.label(row, column);
      }
    }
  }

  /** All of them, until it begins anew. */
  Predictions predictions() {
    return new Predictions(classes, outputs, targets, scores, labels);
  }
}
