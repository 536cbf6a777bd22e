package dev.anneal.data;

import dev.anneal.api.InputException;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** An array of unsigned bytes read from a file in the IDX format of MNIST, gzipped or not. */
final class Idx {
  private static final int UNSIGNED_BYTES = 0x08;
  // Images shrink to a half or a fifth. A file that grows more than this is there to exhaust the
  // memory.
  private static final long MOST_GROWTH = 256;
  private static final long ALWAYS_ALLOWED = 1 << 16;

  /** Where it was read. */
  final Path file;

  /** Its dimensions, each at least 1. */
  final int[] shape;

  /** As many as the product of the dimensions, the last dimension fastest. */
  final byte[] bytes;

  private Idx(Path file, int[] shape, byte[] bytes) {
    this.file = file;
    this.shape = shape;
    this.bytes = bytes;
  }

  /**
   * Reads a file; never takes more memory than in proportion to its size.
   *
   * @param dimensions how many the array must have
   * @throws InputException if the file is missing, damaged, too short, too long, or another array
   */
  static Idx read(Path file, int dimensions) {
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      long size = Files.size(file);
      raw.mark(2);
      boolean zipped = raw.read() == 0x1f && raw.read() == 0x8b;
      raw.reset();
      return zipped
          ? read(file, dimensions, new GZIPInputStream(raw, 1 << 16), MOST_GROWTH * size)
          : read(file, dimensions, raw, size);
    } catch (EOFException e) {
      throw error(file, "the file is truncated");
    } catch (ZipException e) {
      throw error(file, "the gzip data is damaged: " + e.getMessage());
    } catch (IOException e) {
      throw ReadFailure.because(file, e);
    }
  }

  private static Idx read(Path file, int dimensions, InputStream from, long limit)
      throws IOException {
    DataInputStream in = new DataInputStream(from);
    int magic = in.readInt();
    int expected = UNSIGNED_BYTES << 8 | dimensions;
    if (magic != expected) {
      throw error(
          file,
          "not an IDX file of bytes with %d dimensions: it starts with %08x, not %08x"
              .formatted(dimensions, magic, expected));
    }
    int[] shape = new int[dimensions];
    long count = 1;
    for (int i = 0; i < dimensions; i++) {
      shape[i] = in.readInt();
      if (shape[i] < 1 || shape[i] > (Integer.MAX_VALUE - 8) / count) {
        throw error(
            file,
            "dimension %d is %d; the array must have 1 to %d bytes"
                .formatted(i + 1, Integer.toUnsignedLong(shape[i]), Integer.MAX_VALUE - 8));
      }
      count *= shape[i];
    }
    if (count > limit + ALWAYS_ALLOWED) {
      throw error(file, "the file is too small for the %d bytes it announces".formatted(count));
    }
    byte[] bytes = in.readNBytes((int) count);
    if (bytes.length < count) {
      throw error(
          file, "the file is truncated: %d of %d bytes are there".formatted(bytes.length, count));
    }
    if (in.read() >= 0) {
      throw error(file, "bytes follow after the %d announced".formatted(count));
    }
    return new Idx(file, shape, bytes);
  }

  static InputException error(Path file, String what) {
    return new InputException(file + ": " + what);
  }
}
