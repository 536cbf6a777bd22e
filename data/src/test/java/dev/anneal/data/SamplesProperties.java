package dev.anneal.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.anneal.core.sample.Samples;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What holds for samples of every kind: all ways to read a sample agree. */
class SamplesProperties {
  private static final int CLASSES = 10;

  /** Samples, and what they were made of. */
  private record Made(Samples samples, float[][] rows, int[] labels) {
    static Made of(int kind, int size, int features, long seed) {
      Random random = new Random(seed);
      byte[] pixels = new byte[size * features];
      random.nextBytes(pixels);
      int[] labels = random.ints(size, 0, CLASSES).toArray();
      float[][] rows = new float[size][features];
      for (int i = 0; i < pixels.length; i++) {
        rows[i / features][i % features] = Byte.toUnsignedInt(pixels[i]) / 255f;
      }
      if (kind == 0) {
        return new Made(ArraySamples.of(rows, labels, CLASSES), rows, labels);
      }
      byte[] narrow = new byte[size];
      for (int i = 0; i < size; i++) {
        narrow[i] = (byte) labels[i];
      }
      return new Made(new ByteSamples(pixels, narrow, 1, features, CLASSES), rows, labels);
    }

    Made slice(int from, int to) {
      return new Made(
          Selection.range(samples, from, to),
          Arrays.copyOfRange(rows, from, to),
          Arrays.copyOfRange(labels, from, to));
    }
  }

  @Provide
  Arbitrary<Made> made() {
    Arbitrary<Made> whole =
        Combinators.combine(
                Arbitraries.integers().between(0, 1),
                Arbitraries.integers().between(1, 30),
                Arbitraries.integers().between(1, 40),
                Arbitraries.longs())
            .as(Made::of);
    return Arbitraries.oneOf(whole, whole.flatMap(SamplesProperties::slices)).dontShrink();
  }

  private static Arbitrary<Made> slices(Made made) {
    int size = made.labels.length;
    return Arbitraries.integers()
        .between(0, size - 1)
        .flatMap(
            from -> Arbitraries.integers().between(from + 1, size).map(to -> made.slice(from, to)));
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void aSampleIsCopiedToWhereItBelongsAndNoFurther(
      @ForAll("made") Made made, @ForAll @IntRange(max = 50) int at) {
    Samples samples = made.samples;
    assertEquals(made.labels.length, samples.size());
    int features = made.rows[0].length;
    assertEquals(features, samples.features());
    for (int sample = 0; sample < samples.size(); sample++) {
      float[] to = new float[at + features + 3];
      Arrays.fill(to, -1);
      float[] expected = to.clone();
      System.arraycopy(made.rows[sample], 0, expected, at, features);
      samples.copy(sample, to, at);
      assertArrayEquals(expected, to);
      assertEquals(made.labels[sample], samples.label(sample));
    }
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void aBatchIsItsSamples(@ForAll("made") Made made, @ForAll long seed) {
    Samples samples = made.samples;
    int features = samples.features();
    int[] order = new Random(seed).ints(20, 0, samples.size()).toArray();
    float[] rows = new float[12 * features];
    float[] labels = new float[12];
    samples.gather(order, 5, 12, rows, labels);
    for (int i = 0; i < 12; i++) {
      int sample = order[5 + i];
      float[] row = Arrays.copyOfRange(rows, i * features, (i + 1) * features);
      assertArrayEquals(made.rows[sample], row);
      assertEquals(made.labels[sample], labels[i]);
    }
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void thereIsNoSampleOutside(@ForAll("made") Made made) {
    Samples samples = made.samples;
    float[] to = new float[samples.features()];
    Stream.of(-1, samples.size())
        .forEach(outside -> {
          assertThrows(IndexOutOfBoundsException.class, () -> samples.copy(outside, to, 0));
          assertThrows(IndexOutOfBoundsException.class, () -> samples.label(outside));
        });
  }
}
