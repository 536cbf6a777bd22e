package dev.anneal.data;

import dev.anneal.api.InputException;
import dev.anneal.core.sample.Samples;

/** Samples whose labels are real numbers, held as rows of floats. */
public final class RealSamples implements Samples {
  private final float[][] rows;
  private final float[][] labels;

  private RealSamples(float[][] rows, float[][] labels) {
    this.rows = rows;
    this.labels = labels;
  }

  /**
   * Copies rows and labels.
   *
   * @param rows at least one row; all of the same length, at least 1; every number finite
   * @param labels one for each row; the same conditions
   * @return samples in the order of the rows
   * @throws InputException if one of these conditions does not hold; the message names the row,
   *     counted from 0
   */
  public static RealSamples of(float[][] rows, float[][] labels) {
    if (rows.length == 0 || rows[0].length == 0) {
      throw new InputException("samples need at least one row of at least one number");
    }
    if (labels.length != rows.length) {
      throw new InputException(
          "%d rows have %d labels; give one label for each row"
              .formatted(rows.length, labels.length));
    }
    if (labels[0].length == 0) {
      throw new InputException("a label needs at least one number");
    }
    return new RealSamples(copies("", rows), copies("label of ", labels));
  }

  private static float[][] copies(String what, float[][] rows) {
    float[][] copies = new float[rows.length][];
    for (int row = 0; row < rows.length; row++) {
      ArraySamples.check(what, row, rows[row], rows[0].length);
      copies[row] = rows[row].clone();
    }
    return copies;
  }

  @Override
  public int size() {
    return rows.length;
  }

  @Override
  public int features() {
    return rows[0].length;
  }

  @Override
  public int classes() {
    return 0;
  }

  @Override
  public int targets() {
    return labels[0].length;
  }

  @Override
  public void copy(int sample, float[] to, int at) {
    System.arraycopy(rows[sample], 0, to, at, features());
  }

  @Override
  public int label(int sample) {
    throw new UnsupportedOperationException("labels are real numbers");
  }

  @Override
  public void target(int sample, float[] to, int at) {
    System.arraycopy(labels[sample], 0, to, at, targets());
  }
}
