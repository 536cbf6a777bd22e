package dev.anneal.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Makes IDX files. */
final class IdxFiles {
  private IdxFiles() {}

  static byte[] idx(int magic, int[] shape, byte[] content) {
    ByteBuffer file = ByteBuffer.allocate(4 + 4 * shape.length + content.length).putInt(magic);
    for (int dimension : shape) {
      file.putInt(dimension);
    }
    return file.put(content).array();
  }

  static byte[] images(int... shape) {
    byte[] pixels = new byte[shape[0] * shape[1] * shape[2]];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) i;
    }
    return idx(0x803, shape, pixels);
  }

  static byte[] labels(int... labels) {
    byte[] bytes = new byte[labels.length];
    for (int i = 0; i < labels.length; i++) {
      bytes[i] = (byte) labels[i];
    }
    return idx(0x801, new int[] {labels.length}, bytes);
  }

  static byte[] gzip(byte[] bytes) {
    var zipped = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(zipped)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return zipped.toByteArray();
  }

  /** Three training and two test images of 2 x 2 pixels, half of the files gzipped. */
  static void writeAll(Path folder) throws IOException {
    Files.write(folder.resolve("train-images-idx3-ubyte.gz"), gzip(images(3, 2, 2)));
    Files.write(folder.resolve("train-labels-idx1-ubyte"), labels(9, 0, 5));
    Files.write(folder.resolve("t10k-images-idx3-ubyte"), images(2, 2, 2));
    Files.write(folder.resolve("t10k-labels-idx1-ubyte.gz"), gzip(labels(1, 2)));
  }
}
