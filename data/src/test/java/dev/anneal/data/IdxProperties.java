package dev.anneal.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

class IdxProperties {
  private static Path file = Path.of("");

  @BeforeContainer
  static void create() throws IOException {
    file = Files.createTempFile("fuzzed", ".idx");
  }

  @AfterContainer
  static void delete() throws IOException {
    Files.deleteIfExists(file);
  }

  @Property(tries = 1000)
  void anyBytesAreRefused(@ForAll byte[] bytes) throws IOException {
    readOrRefuse(bytes);
  }

  @Property(tries = 3000)
  void aMutatedFileIsReadOrRefused(
      @ForAll long seed, @ForAll boolean zip, @ForAll @IntRange(min = 1, max = 4) int mutations)
      throws IOException {
    var random = new Random(seed);
    byte[] bytes = IdxFiles.images(1 + random.nextInt(5), 3, 4);
    for (int i = 0; i < mutations; i++) {
      bytes = zip && i == mutations / 2 ? IdxFiles.gzip(bytes) : mutate(bytes, random);
    }
    readOrRefuse(bytes);
  }

  private static byte[] mutate(byte[] bytes, Random random) {
    if (bytes.length == 0) {
      return bytes;
    }
    byte[] changed = bytes.clone();
    int at = random.nextInt(bytes.length);
    switch (random.nextInt(4)) {
      case 0 -> changed[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> changed[at] = (byte) random.nextInt();
      case 2 -> changed = Arrays.copyOf(bytes, at);
      default -> changed = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(9));
    }
    return changed;
  }

  private static void readOrRefuse(byte[] bytes) throws IOException {
    // To truncate a file costs a wait for the disk.
    Files.deleteIfExists(file);
    Files.write(file, bytes);
    try {
      Idx read = Idx.read(file, 3);
      int product = Arrays.stream(read.shape).reduce(1, Math::multiplyExact);
      assertEquals(product, read.bytes.length);
      assertTrue(product <= 256 * bytes.length + 65536);
    } catch (InputException e) {
      assertEquals(1, e.getMessage().lines().count(), e.getMessage());
      assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
    }
  }
}
