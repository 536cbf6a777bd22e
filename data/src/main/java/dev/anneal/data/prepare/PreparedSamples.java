package dev.anneal.data.prepare;

import dev.anneal.core.sample.Samples;
import java.util.Arrays;

/**
 * Rows of a table as numbers. Each is kept with one number a column, and widened where that is one
 * of several inputs.
 *
 * @param rows [samples x columns]
 * @param labels of the samples
 * @param classes how many; 0 where labels are quantities
 * @param widths of how many inputs each column is one; 0 where it is a number
 * @param features all inputs
 * @param plain whether all columns are numbers
 */
@SuppressWarnings("ArrayRecordComponent") // as large as the table: shared, never compared
record PreparedSamples(
    float[][] rows, float[] labels, int classes, int[] widths, int features, boolean plain)
    implements Samples {
  static PreparedSamples of(float[][] rows, float[] labels, int classes, int[] widths) {
    int features = Arrays.stream(widths).map(width -> Math.max(1, width)).sum();
    boolean plain = Arrays.stream(widths).allMatch(width -> width == 0);
    return new PreparedSamples(rows, labels, classes, widths, features, plain);
  }

  @Override
  public int size() {
    return rows.length;
  }

  @Override
  public void copy(int sample, float[] to, int at) {
    float[] row = rows[sample];
    if (plain) {
      System.arraycopy(row, 0, to, at, features);
      return;
    }
    int place = at;
    for (int column = 0; column < row.length; column++) {
      if (widths[column] == 0) {
        to[place++] = row[column];
      } else {
        Arrays.fill(to, place, place + widths[column], 0);
        if (row[column] != Encoder.NONE) {
          to[place + (int) row[column]] = 1;
        }
        place += widths[column];
      }
    }
  }

  @Override
  public int label(int sample) {
    if (classes == 0) {
      throw new UnsupportedOperationException("labels are real numbers");
    }
    return (int) labels[sample];
  }

  @Override
  public void target(int sample, float[] to, int at) {
    to[at] = labels[sample];
  }
}
