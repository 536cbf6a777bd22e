package dev.anneal.nn.plan;

import dev.anneal.core.data.Samples;
import dev.anneal.core.kernel.Layout;
import dev.anneal.core.kernel.Matrix;

/**
 * The samples of a batch.
 *
 * @param features a row for each sample
 * @param labels a row of one for each sample
 */
public record Input(Matrix features, Matrix labels) {
  static Input of(int batch, int features) {
    return new Input(
        Matrix.zeros(batch, features, Layout.ROWS), Matrix.zeros(batch, 1, Layout.ROWS));
  }

  /**
   * Copies a sample.
   *
   * @param row its position in the batch
   * @param samples where it is from
   * @param sample its position there
   */
  public void set(int row, Samples samples, int sample) {
    samples.copy(sample, features.array(), features.index(row, 0));
    set(row, samples.label(sample));
  }

  /**
   * Replaces a label.
   *
   * @param row the sample's position in the batch
   * @param label its label
   */
  public void set(int row, float label) {
    labels.array()[labels.index(row, 0)] = label;
  }
}
