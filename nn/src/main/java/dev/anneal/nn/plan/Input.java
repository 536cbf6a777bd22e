package dev.anneal.nn.plan;

import dev.anneal.core.matrix.Layout;
import dev.anneal.core.matrix.Matrix;
import dev.anneal.core.sample.Samples;
import java.util.Arrays;

/**
 * The samples of a batch.
 *
 * @param features a row for each sample
 * @param labels a row for each sample
 */
public record Input(Matrix features, Matrix labels) {
  static Input of(int batch, int features, int labels) {
    return new Input(
        Matrix.zeros(batch, features, Layout.ROWS), Matrix.zeros(batch, labels, Layout.ROWS));
  }

  /**
   * Copies a sample, with its weight where there is room behind the label.
   *
   * @param row its position in the batch
   * @param samples where it is from
   * @param sample its position there
   */
  public void set(int row, Samples samples, int sample) {
    samples.copy(sample, features.array(), features.index(row, 0));
    int label = labels.index(row, 0);
    samples.target(sample, labels.array(), label);
    if (labels.columns() > samples.targets()) {
      labels.array()[label + samples.targets()] = samples.weight(sample);
    }
  }

  /**
   * Replaces all numbers of a label.
   *
   * @param row the sample's position in the batch
   * @param label each of them
   */
  public void set(int row, float label) {
    int from = labels.index(row, 0);
    Arrays.fill(labels.array(), from, from + labels.columns(), label);
  }
}
