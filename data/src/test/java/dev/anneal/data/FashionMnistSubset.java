package dev.anneal.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Writes the embedded subset of Fashion-MNIST: the images that {@code random.seed(9125);
 * random.sample(range(60000), 20000)} draws in Python 3. After {@code mvn -pl data -am
 * test-compile}:
 *
 * <pre>
 * java -cp core/target/classes:data/target/classes:data/target/test-classes \
 *   dev.anneal.data.FashionMnistSubset FOLDER_OF_THE_IDX_FILES FILE_TO_WRITE
 * </pre>
 */
final class FashionMnistSubset {
  private FashionMnistSubset() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    byte[] images = Idx.read(folder.resolve("train-images-idx3-ubyte.gz"), 3).bytes;
    byte[] labels = Idx.read(folder.resolve("train-labels-idx1-ubyte.gz"), 1).bytes;
    int length = FashionMnist.SIDE * FashionMnist.SIDE;
    int[] order = order();
    byte[] drawnLabels = new byte[order.length];
    byte[] drawnImages = new byte[order.length * length];
    for (int i = 0; i < order.length; i++) {
      drawnLabels[i] = labels[order[i]];
      System.arraycopy(images, order[i] * length, drawnImages, i * length, length);
    }
    Files.write(Path.of(arguments[1]), pack(drawnImages, drawnLabels, FashionMnist.SIDE));
  }

  /** For each image of the subset, its index among the 60,000. */
  static int[] order() {
    return new PythonRandom(9125).sample(60_000, FashionMnist.SUBSET_SIZE);
  }

  /** The inverse of {@link PackedImages#read}. */
  static byte[] pack(byte[] pixels, byte[] labels, int side) throws IOException {
    byte[] residuals = new byte[pixels.length];
    int next = 0;
    for (int start = 0; start < pixels.length; start += side * side) {
      for (int x = 0; x < side; x++) {
        for (int y = 0; y < side; y++) {
          int at = start + y * side + x;
          residuals[next++] = (byte) (pixels[at] - PackedImages.paeth(pixels, at, x, y, side));
        }
      }
    }
    var packed = new ByteArrayOutputStream();
    var deflater = new Deflater(Deflater.BEST_COMPRESSION);
    deflater.setStrategy(Deflater.FILTERED);
    try (var out = new DeflaterOutputStream(packed, deflater)) {
      out.write(labels);
      out.write(residuals);
    }
    return packed.toByteArray();
  }
}
