package dev.anneal.data;

import static dev.anneal.data.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ArraySamplesTest {
  @Test
  void gathersRowsInTheOrderAskedFor() {
    var samples = ArraySamples.of(new float[][] {{1, 2}, {3, 4}, {5, 6}}, new int[] {0, 1, 2}, 3);
    float[] features = new float[4];
    float[] labels = new float[2];
    samples.gather(new int[] {9, 2, 0}, 1, 2, features, labels);
    assertArrayEquals(new float[] {5, 6, 1, 2}, features);
    assertArrayEquals(new float[] {2, 0}, labels);
    assertEquals(3, samples.size());
    assertEquals(2, samples.features());
    assertEquals(3, samples.classes());
  }

  @Test
  void keepsItsOwnCopy() {
    float[][] rows = {{1}, {2}};
    int[] given = {0, 1};
    var samples = ArraySamples.of(rows, given, 2);
    rows[0][0] = 7;
    given[0] = 1;
    float[] features = new float[1];
    float[] labels = new float[1];
    samples.gather(new int[] {0}, 0, 1, features, labels);
    assertEquals(1, features[0]);
    assertEquals(0, labels[0]);
  }

  @Test
  void refusesWhatCannotBeTrainedOn() {
    refuses("samples need at least one row of at least one number", new float[][] {}, 2);
    refuses("samples need at least one row of at least one number", new float[][] {{}}, 2, 0);
    refuses("1 rows have 2 labels; give one label for each row", new float[][] {{1}}, 2, 0, 1);
    refuses("samples need at least 2 classes, not 1", new float[][] {{1}}, 1, 0);
    refuses("row 1 has 2 numbers where row 0 has 1", new float[][] {{1}, {1, 2}}, 2, 0, 1);
    refuses("row 0, column 1: NaN is not a finite number", new float[][] {{1, Float.NaN}}, 2, 0);
    refuses("row 1: label 2 is not one of 0 to 1", new float[][] {{1}, {2}}, 2, 0, 2);
    refuses("row 0: label -1 is not one of 0 to 1", new float[][] {{1}}, 2, -1);
  }

  private static void refuses(String line, float[][] rows, int classes, int... labels) {
    assertRefused(line, () -> ArraySamples.of(rows, labels, classes));
  }
}
