package dev.anneal.data;

import static dev.anneal.data.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.anneal.core.sample.Samples;
import org.junit.jupiter.api.Test;

class RealSamplesTest {
  private static final float[][] ROWS = {{1, 2}, {3, 4}, {5, 6}};
  private static final float[][] LABELS = {{0.5f, 7, -1}, {1.5f, 8, -2}, {2.5f, 9, -3}};

  private static void check(Samples samples) {
    float[] features = new float[4];
    float[] labels = new float[6];
    samples.gather(new int[] {9, 2, 0}, 1, 2, features, labels);
    assertArrayEquals(new float[] {5, 6, 1, 2}, features);
    assertArrayEquals(new float[] {2.5f, 9, -3, 0.5f, 7, -1}, labels);
    assertEquals(2, samples.features());
    assertEquals(0, samples.classes());
    assertEquals(3, samples.targets());
  }

  @Test
  void labelsAreRowsOfNumbers() {
    RealSamples samples = RealSamples.of(ROWS, LABELS);
    check(samples);
    check(Selection.range(samples, 0, 3));
    assertEquals(3, samples.size());
    assertThrows(UnsupportedOperationException.class, () -> samples.label(0));
    float[] label = new float[3];
    Selection.range(samples, 1, 3).target(0, label, 0);
    assertArrayEquals(LABELS[1], label);
    assertThrows(
        IndexOutOfBoundsException.class, () -> Selection.range(samples, 1, 2).target(1, label, 0));
  }

  @Test
  void keepsItsOwnCopy() {
    float[][] rows = {{1, 2}, {3, 4}, {5, 6}};
    float[][] labels = {{0.5f, 7, -1}, {1.5f, 8, -2}, {2.5f, 9, -3}};
    RealSamples samples = RealSamples.of(rows, labels);
    rows[2][0] = 0;
    labels[0][2] = 0;
    check(samples);
  }

  /** A class is a label of one number. */
  @Test
  void classesAreOneNumberEach() {
    Samples samples = ArraySamples.of(ROWS, new int[] {2, 0, 1}, 3);
    assertEquals(1, samples.targets());
    float[] label = new float[2];
    samples.target(0, label, 1);
    assertArrayEquals(new float[] {0, 2}, label);
  }

  @Test
  void refusesWhatCannotBeTrainedOn() {
    float[][] none = {};
    assertRefused(
        "samples need at least one row of at least one number", () -> RealSamples.of(none, none));
    assertRefused(
        "3 rows have 0 labels; give one label for each row", () -> RealSamples.of(ROWS, none));
    assertRefused(
        "a label needs at least one number",
        () -> RealSamples.of(ROWS, new float[][] {{}, {}, {}}));
    assertRefused(
        "label of row 1 has 2 numbers where row 0 has 1",
        () -> RealSamples.of(ROWS, new float[][] {{1}, {1, 2}, {1}}));
    assertRefused(
        "label of row 2, column 0: Infinity is not a finite number",
        () -> RealSamples.of(ROWS, new float[][] {{1}, {2}, {Float.POSITIVE_INFINITY}}));
    assertRefused(
        "row 1 has 1 numbers where row 0 has 2",
        () -> RealSamples.of(new float[][] {{1, 2}, {3}, {4, 5}}, LABELS));
  }

  @Test
  void aSplitHasOneKindOfLabel() {
    Samples classes = ArraySamples.of(ROWS, new int[] {2, 0, 1}, 3);
    assertRefused(
        "training data (2 features, 3 numbers a label) and validation data (2 features, 3 classes)"
            + " differ",
        () -> new Split(RealSamples.of(ROWS, LABELS), classes));
    assertRefused(
        "training data (2 features, 3 numbers a label) and validation data (2 features, 2 numbers a"
            + " label) differ",
        () -> new Split(RealSamples.of(ROWS, LABELS), RealSamples.of(ROWS, ROWS)));
  }
}
