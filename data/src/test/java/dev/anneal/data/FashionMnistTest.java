package dev.anneal.data;

import static dev.anneal.data.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.anneal.core.sample.Samples;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FashionMnistTest {
  private static final int PIXELS = 28 * 28;

  @Test
  void theSubsetIsThePublishedDraw() throws NoSuchAlgorithmException {
    Samples subset = DataSets.open("fashion-mnist").samples();
    assertEquals(20_000, subset.size());
    assertEquals(PIXELS, subset.features());
    int[] counts = new int[10];
    var labels = MessageDigest.getInstance("SHA-256");
    var images = MessageDigest.getInstance("SHA-256");
    float[] features = new float[PIXELS];
    float[] label = new float[1];
    byte[] pixels = new byte[PIXELS];
    for (int i = 0; i < subset.size(); i++) {
      subset.gather(new int[] {i}, 0, 1, features, label);
      for (int p = 0; p < PIXELS; p++) {
        pixels[p] = (byte) Math.round(features[p] * 255);
      }
      images.update(pixels);
      labels.update((byte) label[0]);
      counts[(int) label[0]]++;
    }
    assertArrayEquals(
        new int[] {2005, 2012, 1967, 2020, 1996, 2035, 1975, 1956, 2038, 1996}, counts);
    // Both computed apart from this code, with Python and NumPy, from the authors' files.
    assertEquals(
        "756a6bec68ce8fe3e3d315fb789806f3a81106a92f5dd04086c2ee4961631c8a",
        HexFormat.of().formatHex(labels.digest()));
    assertEquals(
        "a78f7636735bdd26b6c0b9e6386e7fda17be00d6e134eaa106d21c8e9d54e25f",
        HexFormat.of().formatHex(images.digest()));
  }

  @Test
  void theDrawIsPythons() {
    int[] order = FashionMnistSubset.order();
    assertArrayEquals(new int[] {33471, 58769, 9025, 41510, 18252}, Arrays.copyOf(order, 5));
    assertArrayEquals(new int[] {8619, 43378, 5521}, Arrays.copyOfRange(order, 19_997, 20_000));
    assertEquals(20_000, Arrays.stream(order).distinct().count());
  }

  @Test
  void theSubsetIsPartOfTheFullSet() {
    assumeTrue(Files.isDirectory(FashionMnist.DEBIAN), "dataset-fashion-mnist is not installed");
    Samples subset = DataSets.open("fashion-mnist").samples();
    DataSet all = DataSets.open("fashion-mnist-full");
    Samples test = all.test().orElseThrow();
    assertEquals(60_000, all.samples().size());
    assertEquals(10_000, test.size());
    assertEquals(PIXELS, test.features());
    int[] drawn = FashionMnistSubset.order();
    int[] order = IntStream.range(0, drawn.length).toArray();
    float[][] expected = {new float[500 * PIXELS], new float[500]};
    float[][] actual = {new float[500 * PIXELS], new float[500]};
    for (int from = 0; from < drawn.length; from += 500) {
      all.samples().gather(drawn, from, 500, expected[0], expected[1]);
      subset.gather(order, from, 500, actual[0], actual[1]);
      assertArrayEquals(expected, actual);
    }
  }

  @Test
  void unpacksWhatWasPacked() throws IOException {
    var random = new Random(1);
    byte[] pixels = new byte[7 * 25];
    random.nextBytes(pixels);
    byte[] labels = {0, 1, 2, 3, 4, 5, 6};
    byte[] packed = FashionMnistSubset.pack(pixels, labels, 5);
    ByteSamples unpacked = PackedImages.read(new ByteArrayInputStream(packed), 7, 5, 7);
    var original = new ByteSamples(pixels, labels, 5, 5, 7);
    float[][] expected = {new float[7 * 25], new float[7]};
    float[][] actual = {new float[7 * 25], new float[7]};
    int[] order = {0, 1, 2, 3, 4, 5, 6};
    original.gather(order, 0, 7, expected[0], expected[1]);
    unpacked.gather(order, 0, 7, actual[0], actual[1]);
    assertArrayEquals(expected, actual);
  }

  @Test
  void readsAFolder(@TempDir Path folder) throws IOException {
    IdxFiles.writeAll(folder);
    for (String name : new String[] {"fashion-mnist", "fashion-mnist-full"}) {
      DataSet data = DataSets.open(name, Optional.of(folder));
      assertEquals(name, data.name());
      assertEquals(3, data.samples().size());
      assertEquals(2, data.test().orElseThrow().size());
      float[] features = new float[4];
      float[] label = new float[1];
      data.samples().gather(new int[] {1}, 0, 1, features, label);
      assertArrayEquals(new float[] {4 / 255f, 5 / 255f, 6 / 255f, 7 / 255f}, features);
      assertEquals(0, label[0]);
    }
  }

  @Test
  void namesTheFileThatDoesNotFit(@TempDir Path folder) throws IOException {
    Path none = folder.resolve("none");
    refuses(none + ": no such folder; it should hold the four IDX files", none);
    refuses(folder.resolve("train-images-idx3-ubyte.gz") + ": no such file", folder);
    IdxFiles.writeAll(folder);
    Path labels = folder.resolve("train-labels-idx1-ubyte");
    Files.write(labels, IdxFiles.labels(1, 2));
    refuses(labels + ": 2 labels for the 3 images of train-images-idx3-ubyte.gz", folder);
    Files.write(labels, IdxFiles.labels(1, 2, 10));
    refuses(labels + ": label 3 is 10, not 0 to 9", folder);
    Files.write(labels, IdxFiles.labels(1, 255, 10));
    refuses(labels + ": label 2 is 255, not 0 to 9", folder);
    IdxFiles.writeAll(folder);
    Files.write(folder.resolve("t10k-images-idx3-ubyte"), IdxFiles.images(2, 3, 3));
    refuses(folder + ": training images have 4 pixels, test images 9", folder);
  }

  private static void refuses(String line, Path folder) {
    assertRefused(line, () -> DataSets.open("fashion-mnist", Optional.of(folder)));
  }
}
