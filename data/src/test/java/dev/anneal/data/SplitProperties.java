package dev.anneal.data;

import static dev.anneal.data.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.InputException;
import dev.anneal.core.sample.Samples;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class SplitProperties {
  /** Sample i has the features i and -i, and the label i modulo 3. */
  private static Samples counted(int size) {
    float[][] rows = new float[size][];
    int[] labels = new int[size];
    for (int i = 0; i < size; i++) {
      rows[i] = new float[] {i, -i};
      labels[i] = i % 3;
    }
    return ArraySamples.of(rows, labels, 3);
  }

  private static void assertHolds(Samples samples, int from, int to) {
    int size = to - from;
    assertEquals(size, samples.size());
    float[] features = new float[2 * size];
    float[] labels = new float[size];
    int[] backwards = IntStream.range(0, size).map(i -> size - 1 - i).toArray();
    samples.gather(backwards, 0, size, features, labels);
    for (int row = 0; row < size; row++) {
      int sample = to - 1 - row;
      assertEquals(sample, features[2 * row]);
      assertEquals(-sample, features[2 * row + 1]);
      assertEquals(sample % 3, labels[row]);
    }
  }

  @Property
  void validatesOnTheLastPartAsKerasDoes(
      @ForAll @IntRange(min = 1, max = 300) int size,
      @ForAll @DoubleRange(min = 0, max = 1) double fraction) {
    Samples samples = counted(size);
    int first = (int) Math.floor(size * (1.0 - fraction));
    if (first == 0 || first == size) {
      assertThrows(InputException.class, () -> Split.validationSplit(samples, fraction));
      return;
    }
    Split split = Split.validationSplit(samples, fraction);
    assertHolds(split.train(), 0, first);
    assertHolds(split.validation(), first, size);
  }

  private static Samples labelled(int[] labels, int classes) {
    float[][] rows = new float[labels.length][];
    for (int i = 0; i < labels.length; i++) {
      rows[i] = new float[] {i};
    }
    return ArraySamples.of(rows, labels, classes);
  }

  private static List<Integer> rows(Samples samples) {
    List<Integer> rows = new ArrayList<>();
    for (int i = 0; i < samples.size(); i++) {
      float[] row = new float[1];
      samples.copy(i, row, 0);
      rows.add((int) row[0]);
    }
    return rows;
  }

  /** Nothing is lost or doubled, and no class has a row more or less than its share. */
  @Property
  void eachClassHasItsShare(
      @ForAll @Size(min = 2, max = 300) List<@IntRange(max = 4) Integer> given,
      @ForAll @DoubleRange(min = 0.05, max = 0.95) double fraction,
      @ForAll long seed) {
    int[] labels = given.stream().mapToInt(i -> i).toArray();
    Samples samples = labelled(labels, 5);
    int size = labels.length;
    int first = (int) Math.floor(size * (1 - fraction));
    Assume.that(first > 0 && first < size);
    Split split = Split.stratified(samples, fraction, seed);
    List<Integer> training = rows(split.train());
    List<Integer> validating = rows(split.validation());
    assertEquals(size - first, validating.size());
    List<Integer> all = new ArrayList<>(training);
    all.addAll(validating);
    Collections.sort(all);
    assertEquals(IntStream.range(0, size).boxed().toList(), all);
    assertEquals(validating.stream().sorted().toList(), validating);
    for (int label = 0; label < 5; label++) {
      int own = label;
      long there = given.stream().filter(each -> each == own).count();
      long chosen = validating.stream().filter(row -> labels[row] == own).count();
      assertTrue(Math.abs(chosen - there * fraction) < 1, () -> own + ": " + chosen);
    }
    assertEquals(validating, rows(Split.stratified(samples, fraction, seed).validation()));
  }

  @Example
  void anotherSeedDrawsOthers() {
    Samples samples = labelled(new int[100], 2);
    assertNotEquals(
        rows(Split.stratified(samples, 0.3, 1).validation()),
        rows(Split.stratified(samples, 0.3, 2).validation()));
  }

  @Property
  void slicesOfSlicesAreSlices(@ForAll @IntRange(min = 3, max = 100) int size) {
    Selection outer = Selection.range(counted(size), 1, size);
    assertHolds(Selection.range(outer, 1, size - 1), 2, size);
  }

  @Property
  void aSliceGathersWhatItsWholeWould(
      @ForAll @IntRange(min = 1, max = 50) int start,
      @ForAll @IntRange(min = 0, max = 20) int from,
      @ForAll @IntRange(min = 0, max = 20) int count) {
    Samples whole = counted(100);
    Selection slice = Selection.range(whole, start, 100);
    int[] order = IntStream.range(0, 40).map(i -> i * 31 % slice.size()).toArray();
    int[] shifted = IntStream.of(order).map(i -> i + start).toArray();
    float[][] expected = {new float[40], new float[20]};
    float[][] actual = {new float[40], new float[20]};
    whole.gather(shifted, from, count, expected[0], expected[1]);
    slice.gather(order, from, count, actual[0], actual[1]);
    assertArrayEquals(expected, actual);
  }

  @Example
  void refusesEmptyParts() {
    Samples samples = counted(10);
    String end = " of 10 samples leaves no sample for one part; give a fraction between 0 and 1";
    for (double fraction : new double[] {0, 1, -0.1, 1.5, 0.95, Double.NaN}) {
      assertRefused(
          "validation split " + fraction + end, () -> Split.validationSplit(samples, fraction));
    }
    assertRefused(
        "10 training samples of 10 leave no sample for one part; give 1 to 9",
        () -> Split.at(samples, 10));
    assertRefused(
        "samples 4 to 11 (excluded) are not a range of the 10 samples; give 0 <= from < to <= 10",
        () -> Selection.range(samples, 4, 11));
    assertRefused(
        "samples 4 to 4 (excluded) are not a range of the 10 samples; give 0 <= from < to <= 10",
        () -> Selection.range(samples, 4, 4));
  }

  @Example
  void refusesPartsThatDiffer() {
    Samples other = ArraySamples.of(new float[][] {{1}}, new int[] {0}, 3);
    assertRefused(
        "training data (2 features, 3 classes) and validation data (1 features, 3 classes) differ",
        () -> new Split(counted(3), other));
  }

  @Example
  void aSliceHidesTheRestOfItsWhole() {
    Selection slice = Selection.range(counted(10), 2, 5);
    float[] features = new float[2];
    float[] labels = new float[1];
    for (int outside : new int[] {-1, 3}) {
      assertThrows(
          IndexOutOfBoundsException.class,
          () -> slice.gather(new int[] {outside}, 0, 1, features, labels));
    }
  }
}
