package dev.anneal.data.finding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.anneal.core.sample.Samples;
import dev.anneal.data.ArraySamples;
import dev.anneal.data.DataSets;
import dev.anneal.data.Split;
import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PartFindingsTest {
  private static final List<String> NAMES = List.of("a", "b", "c");

  /** Two random numbers, one of them on another scale, and a constant. */
  private static Samples samples(int rows, float factor, IntUnaryOperator label) {
    Random random = new Random(1);
    float[][] features = new float[rows][];
    for (int i = 0; i < rows; i++) {
      features[i] = new float[] {random.nextFloat(), factor * random.nextFloat(), 5};
    }
    return ArraySamples.of(features, IntStream.range(0, rows).map(label).toArray(), NAMES.size());
  }

  private static List<DataFinding> findings(Samples samples) {
    Split split = Split.validationSplit(samples, 0.3);
    return Stream.concat(
            PartFindings.of(split.train()).stream(),
            PartFindings.of(split.train(), split.validation(), NAMES, false).stream())
        .toList();
  }

  private static List<String> rules(Samples samples) {
    return findings(samples).stream().map(DataFinding::rule).toList();
  }

  @Test
  void ordinaryDataHaveNone() {
    assertEquals(List.of(), rules(samples(300, 1, i -> i % 3)));
    assertEquals(List.of(), rules(samples(300, 50, i -> new Random(i).nextInt(3))));
    assertEquals(List.of(), PartFindings.of(DataSets.open("fashion-mnist").samples()));
    assertEquals(List.of(), PartFindings.of(DataSets.open("ionosphere").samples()));
  }

  /** Every tenth of a hundred random tables would be many. */
  @Test
  void chanceIsNoFinding() {
    for (int seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      assertEquals(List.of(), rules(samples(150, 1, _ -> random.nextInt(3))), "seed " + seed);
    }
  }

  @Test
  void classesThatAPartLacksAreNamed() {
    Samples sorted = samples(300, 1, i -> i / 100);
    assertEquals(List.of("class-missing"), rules(sorted));
    assertEquals(
        "the samples that validate have none of the classes \"a\" and \"b\"",
        findings(sorted).getFirst().what());
  }

  @Test
  void sharesThatDifferAreSaid() {
    assertEquals(List.of("class-shares"), rules(samples(300, 1, i -> i < 180 ? i % 2 : i % 3)));
  }

  @Test
  void scalesFarApartAreSaid() {
    assertEquals(List.of("scale"), rules(samples(300, 1000, i -> i % 3)));
  }

  @Test
  void classesOfFewSamplesAreNamed() {
    Samples rare = samples(300, 1, i -> i % 100 == 99 ? 2 : i % 2);
    assertEquals(List.of("rare-class"), rules(rare));
  }

  @Test
  void classesThatTheSameInputsHaveAreACeiling() {
    float[][] rows = new float[300][];
    for (int i = 0; i < 300; i++) {
      rows[i] = new float[] {i / 3, 1};
    }
    // Of three rows alike two are of a class, in 99 of 100 cases all three.
    assertEquals(
        "samples with the same inputs are of different classes: of those that train, at best 66.67"
            + " % can be right",
        PartFindings.of(
                ArraySamples.of(rows, IntStream.range(0, 300).map(i -> i % 3 / 2).toArray(), 2))
            .getFirst()
            .what());
    assertEquals(
        List.of(),
        PartFindings.of(
            ArraySamples.of(rows, IntStream.range(0, 300).map(i -> i / 299).toArray(), 2)));
  }

  @Test
  void aFewSamplesOfASmallTableAreNoCeiling() {
    float[][] rows = {{1}, {1}, {2}, {2}, {3}, {3}, {4}, {4}, {5}, {5}};
    int[] labels = {0, 1, 0, 1, 0, 1, 0, 1, 0, 0};
    assertEquals(List.of(), PartFindings.of(ArraySamples.of(rows, labels, 2)));
    labels[9] = 1;
    assertEquals(
        List.of("contradictions"),
        PartFindings.of(ArraySamples.of(rows, labels, 2)).stream().map(DataFinding::rule).toList());
  }

  /** Categories are ones among zeros; each sample is another. */
  @Test
  void categoriesDoNotPassForTheSame() {
    float[][] rows = new float[2000][11];
    for (int i = 0; i < rows.length; i++) {
      for (int bit = 0; bit < 11; bit++) {
        rows[i][bit] = i >> bit & 1;
      }
    }
    Random random = new Random(1);
    int[] labels = IntStream.range(0, rows.length).map(_ -> random.nextInt(2)).toArray();
    Samples samples = ArraySamples.of(rows, labels, 2);
    assertEquals(List.of(), PartFindings.of(samples));
    Split split = Split.validationSplit(samples, 0.3);
    assertEquals(
        List.of(), PartFindings.of(split.train(), split.validation(), List.of("a", "b"), false));
    float[][] doubled = rows.clone();
    System.arraycopy(rows, 0, doubled, 1900, 20);
    int[] alike = labels.clone();
    System.arraycopy(labels, 0, alike, 1900, 20);
    Split some = Split.validationSplit(ArraySamples.of(doubled, alike, 2), 0.3);
    assertEquals(
        "twins",
        PartFindings.of(some.train(), some.validation(), List.of("a", "b"), false)
            .getFirst()
            .rule());
  }

  @Test
  void samplesInBothPartsAreCounted() {
    Samples once = samples(300, 1, i -> i % 3);
    float[][] rows = new float[300][3];
    int[] labels = new int[300];
    for (int i = 0; i < 300; i++) {
      // The first four of those that validate are the first four of those that train.
      int from = i >= 210 && i < 214 ? i - 210 : i;
      once.copy(from, rows[i], 0);
      labels[i] = once.label(from);
    }
    List<DataFinding> found = findings(ArraySamples.of(rows, labels, 3));
    assertEquals(List.of("twins"), found.stream().map(DataFinding::rule).toList());
    assertEquals(
        "4 of the 90 samples that validate are among those that train too",
        found.getFirst().what());
  }
}
