package dev.anneal.data;

import static dev.anneal.data.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxTest {
  private Path file = Path.of("");

  @BeforeEach
  void name(@TempDir Path folder) {
    file = folder.resolve("images");
  }

  private void refuses(String what, byte[] content) throws IOException {
    Files.write(file, content);
    assertRefused(file + ": " + what, () -> Idx.read(file, 3));
  }

  @Test
  void readsPlainAndGzipped() throws IOException {
    byte[] images = IdxFiles.images(2, 3, 1);
    for (byte[] content : new byte[][] {images, IdxFiles.gzip(images)}) {
      Files.write(file, content);
      Idx read = Idx.read(file, 3);
      assertArrayEquals(new int[] {2, 3, 1}, read.shape);
      assertArrayEquals(new byte[] {0, 1, 2, 3, 4, 5}, read.bytes);
    }
  }

  @Test
  void refusesDamagedFiles() throws IOException {
    assertRefused(file + ": no such file", () -> Idx.read(file, 3));
    byte[] images = IdxFiles.images(2, 3, 1);
    byte[] zipped = IdxFiles.gzip(images);
    refuses("the file is truncated", new byte[0]);
    refuses("the file is truncated", Arrays.copyOf(images, 9));
    refuses("the file is truncated: 5 of 6 bytes are there", Arrays.copyOf(images, 21));
    refuses("bytes follow after the 6 announced", Arrays.copyOf(images, 23));
    refuses("bytes follow after the 6 announced", IdxFiles.gzip(Arrays.copyOf(images, 23)));
    refuses("the file is truncated", Arrays.copyOf(zipped, 12));
    refuses("the file is truncated", Arrays.copyOf(zipped, zipped.length - 3));
    zipped[zipped.length - 6] ^= 1;
    refuses("the gzip data is damaged: Corrupt GZIP trailer", zipped);
    refuses(
        "not an IDX file of bytes with 3 dimensions: it starts with 00000801, not 00000803",
        IdxFiles.labels(1, 2, 3));
  }

  @Test
  void refusesShapesBeforeItTakesMemory() throws IOException {
    refuses(
        "dimension 1 is 0; the array must have 1 to 2147483639 bytes",
        IdxFiles.idx(0x803, new int[] {0, 28, 28}, new byte[0]));
    refuses(
        "dimension 2 is 4294967295; the array must have 1 to 2147483639 bytes",
        IdxFiles.idx(0x803, new int[] {1, -1, 28}, new byte[0]));
    refuses(
        "dimension 2 is 65536; the array must have 1 to 2147483639 bytes",
        IdxFiles.idx(0x803, new int[] {65536, 65536, 28}, new byte[0]));
    byte[] huge = IdxFiles.idx(0x803, new int[] {60000, 28, 28}, new byte[100]);
    String line = "the file is too small for the 47040000 bytes it announces";
    refuses(line, huge);
    refuses(line, IdxFiles.gzip(huge));
  }

  @Test
  void refusesAFileThatGrowsBeyondReason() throws IOException {
    refuses(
        "the file is too small for the 3920000 bytes it announces",
        IdxFiles.gzip(IdxFiles.idx(0x803, new int[] {5000, 28, 28}, new byte[3_920_000])));
  }
}
