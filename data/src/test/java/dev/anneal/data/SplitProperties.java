package dev.anneal.data;

import static dev.anneal.data.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.anneal.api.InputException;
import dev.anneal.core.sample.Samples;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

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

  @Property
  void slicesOfSlicesAreSlices(@ForAll @IntRange(min = 3, max = 100) int size) {
    Slice outer = Slice.of(counted(size), 1, size);
    assertHolds(Slice.of(outer, 1, size - 1), 2, size);
  }

  @Property
  void aSliceGathersWhatItsWholeWould(
      @ForAll @IntRange(min = 1, max = 50) int start,
      @ForAll @IntRange(min = 0, max = 20) int from,
      @ForAll @IntRange(min = 0, max = 20) int count) {
    Samples whole = counted(100);
    Slice slice = Slice.of(whole, start, 100);
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
        () -> Slice.of(samples, 4, 11));
    assertRefused(
        "samples 4 to 4 (excluded) are not a range of the 10 samples; give 0 <= from < to <= 10",
        () -> Slice.of(samples, 4, 4));
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
    Slice slice = Slice.of(counted(10), 2, 5);
    float[] features = new float[2];
    float[] labels = new float[1];
    for (int outside : new int[] {-1, 3}) {
      assertThrows(
          IndexOutOfBoundsException.class,
          () -> slice.gather(new int[] {outside}, 0, 1, features, labels));
    }
  }
}
