package dev.anneal.data;

import dev.anneal.api.InputException;
import dev.anneal.core.sample.Samples;
import java.util.List;

/** Samples held as rows of floats, each with one integer label. */
public final class ArraySamples implements Samples {
  private final float[][] rows;
  private final int[] labels;
  private final int classes;

  /** Takes checked rows without a copy: nobody else may hold them. */
  ArraySamples(List<float[]> rows, int[] labels, int classes) {
    this.rows = rows.toArray(float[][]::new);
    this.labels = labels;
    this.classes = classes;
  }

  /**
   * Copies rows and labels.
   *
   * @param rows at least one row; all of the same length, at least 1; every number finite
   * @param labels one for each row, 0 to {@code classes - 1}
   * @param classes the number of classes, at least 2
   * @return samples in the order of the rows
   * @throws InputException if one of these conditions does not hold; the message names the row,
   *     counted from 0
   */
  public static ArraySamples of(float[][] rows, int[] labels, int classes) {
    if (rows.length == 0 || rows[0].length == 0) {
      throw new InputException("samples need at least one row of at least one number");
    }
    if (labels.length != rows.length) {
      throw new InputException(
          "%d rows have %d labels; give one label for each row"
              .formatted(rows.length, labels.length));
    }
    if (classes < 2) {
      throw new InputException("samples need at least 2 classes, not " + classes);
    }
    for (int row = 0; row < rows.length; row++) {
      check("", row, rows[row], rows[0].length);
      if (labels[row] < 0 || labels[row] >= classes) {
        throw new InputException(
            "row %d: label %d is not one of 0 to %d".formatted(row, labels[row], classes - 1));
      }
    }
    float[][] copies = new float[rows.length][];
    for (int row = 0; row < rows.length; row++) {
      copies[row] = rows[row].clone();
    }
    return new ArraySamples(List.of(copies), labels.clone(), classes);
  }

  /** Makes sure that a row has as many numbers as the first, all finite. */
  static void check(String what, int row, float[] values, int columns) {
    if (values.length != columns) {
      throw new InputException(
          "%srow %d has %d numbers where row 0 has %d"
              .formatted(what, row, values.length, columns));
    }
    for (int column = 0; column < columns; column++) {
      if (!Float.isFinite(values[column])) {
        throw new InputException(
            "%srow %d, column %d: %s is not a finite number"
                .formatted(what, row, column, values[column]));
      }
    }
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
    return classes;
  }

  @Override
  public void copy(int sample, float[] to, int at) {
    System.arraycopy(rows[sample], 0, to, at, features());
  }

  @Override
  public int label(int sample) {
    return labels[sample];
  }
}
