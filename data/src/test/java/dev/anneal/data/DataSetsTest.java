package dev.anneal.data;

import static dev.anneal.data.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.core.sample.Samples;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DataSetsTest {
  private static float[] labels(Samples samples) {
    float[] labels = new float[samples.size()];
    float[] features = new float[samples.size() * samples.features()];
    samples.gather(
        IntStream.range(0, samples.size()).toArray(), 0, samples.size(), features, labels);
    return labels;
  }

  private static int good(Samples samples) {
    float good = 0;
    for (float label : labels(samples)) {
      good += label;
    }
    return (int) good;
  }

  @Test
  void ionosphereIsInItsOriginalOrder() {
    DataSet data = DataSets.open("ionosphere");
    assertEquals(List.of("b", "g"), data.classNames());
    assertEquals(Optional.empty(), data.test());
    assertTrue(data.source().contains("CC BY 4.0"));
    Samples samples = data.samples();
    assertEquals(351, samples.size());
    assertEquals(34, samples.features());
    assertEquals(2, samples.classes());
    assertEquals(225, good(samples));
    Split split = Split.at(samples, 235);
    assertEquals(118, good(split.train()));
    assertEquals(116, split.validation().size());
    assertEquals(107, good(split.validation()));
    float[] features = new float[68];
    float[] labels = new float[2];
    samples.gather(new int[] {350, 1}, 0, 2, features, labels);
    assertArrayEquals(new float[] {1, 0, 0.8471f, 0.13533f}, Arrays.copyOf(features, 4));
    assertArrayEquals(new float[] {-0.13738f, -0.02447f}, Arrays.copyOfRange(features, 66, 68));
    assertArrayEquals(new float[] {1, 0}, labels);
  }

  @Test
  void refusesUnknownNamesWithTheNearest() {
    String known = "; known: ionosphere, fashion-mnist, fashion-mnist-full";
    assertRefused(
        "no data set is named \"ionospere\" (did you mean \"ionosphere\"?)" + known,
        () -> DataSets.open("ionospere"));
    assertRefused(
        "no data set is named \"fashion_mnist\" (did you mean \"fashion-mnist\"?)" + known,
        () -> DataSets.open("fashion_mnist"));
  }

  @Test
  void refusesWhatItWouldIgnore() {
    assertRefused(
        "data set ionosphere takes no data folder; leave out here",
        () -> DataSets.open("ionosphere", Optional.of(Path.of("here"))));
  }

  @Test
  void aDataSetNamesItsClasses() {
    Samples two = ArraySamples.of(new float[][] {{1}}, new int[] {0}, 2);
    Samples three = ArraySamples.of(new float[][] {{1}}, new int[] {0}, 3);
    assertRefused(
        "x: 1 names for 2 classes",
        () -> new DataSet("x", two, Optional.empty(), List.of("a"), ""));
    assertRefused(
        "x: test and training samples differ in features or classes",
        () -> new DataSet("x", two, Optional.of(three), List.of("a", "b"), ""));
  }
}
