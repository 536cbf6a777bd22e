package dev.anneal.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.anneal.data.ArraySamples;
import dev.anneal.data.DataSet;
import dev.anneal.data.DataSets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DataFindingTest {
  private static DataSet set(int rows, float factor, IntUnaryOperator label) {
    Random random = new Random(3);
    float[][] features = new float[rows][];
    for (int i = 0; i < rows; i++) {
      features[i] = new float[] {random.nextFloat(), factor * random.nextFloat(), 5};
    }
    int[] labels = IntStream.range(0, rows).map(label).toArray();
    return new DataSet(
        "csv:set",
        ArraySamples.of(features, labels, 3),
        Optional.empty(),
        List.of("a", "b", "c"),
        "");
  }

  private static List<String> rules(DataSet set, int batch) {
    return DataFinding.of(TrainingData.split(set, 0.3), batch).stream()
        .map(DataFinding::rule)
        .toList();
  }

  @Test
  void ordinaryDataHaveNone() {
    assertEquals(List.of(), rules(set(300, 1, i -> i % 3), 32));
    assertEquals(List.of(), rules(set(300, 50, i -> new Random(i).nextInt(3)), 32));
    assertEquals(List.of(), rules(DataSets.open("fashion-mnist"), 64));
    assertEquals(List.of(), rules(DataSets.open("ionosphere"), 28));
  }

  /** Every tenth of a hundred random tables would be many. */
  @Test
  void chanceIsNoFinding() {
    for (int seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      assertEquals(List.of(), rules(set(150, 1, _ -> random.nextInt(3)), 32), "seed " + seed);
    }
  }

  @Test
  void classesThatAPartLacksAreNamed() {
    DataSet sorted = set(300, 1, i -> i / 100);
    assertEquals(List.of("class-missing"), rules(sorted, 32));
    assertEquals(
        "the samples that validate have none of the classes \"a\" and \"b\"",
        DataFinding.of(TrainingData.split(sorted, 0.3), 32).getFirst().what());
  }

  @Test
  void sharesThatDifferAreSaid() {
    assertEquals(List.of("class-shares"), rules(set(300, 1, i -> i < 180 ? i % 2 : i % 3), 32));
  }

  @Test
  void scalesFarApartAreSaid() {
    assertEquals(List.of("scale"), rules(set(300, 1000, i -> i % 3), 32));
  }

  @Test
  void aBatchBeyondTheDataIsSaid() {
    assertEquals(List.of("batch-beyond-data"), rules(set(30, 1, i -> i % 3), 32));
  }
}
