package dev.anneal.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Writes the embedded subset of Fashion-MNIST. Arguments: the folder of the four IDX files, and the file to write. The images
 * are those that {@code random.seed(9125); random.sample(range(60000), 20000)} draws in Python 3.
 */
final class FashionMnistSubset {
  private FashionMnistSubset() {}

  public static void main(String[] arguments) throws IOException {
    Files.write(Path.of(arguments[1]), pack(draw(Path.of(arguments[0])), FashionMnist.SIDE));
  }

  static PackedImages draw(Path folder) {
    Idx images = Idx.read(folder.resolve("train-images-idx3-ubyte.gz"), 3);
    Idx labels = Idx.read(folder.resolve("train-labels-idx1-ubyte.gz"), 1);
    int[] order = new PythonRandom(9125).sample(60_000, FashionMnist.SUBSET_SIZE);
    int length = FashionMnist.SIDE * FashionMnist.SIDE;
    byte[] drawnLabels = new byte[order.length];
    byte[] drawnPixels = new byte[order.length * length];
    for (int i = 0; i < order.length; i++) {
      drawnLabels[i] = labels.bytes()[order[i]];
      System.arraycopy(images.bytes(), order[i] * length, drawnPixels, i * length, length);
    }
    return new PackedImages(drawnLabels, drawnPixels);
  }

  /** The inverse of {@link PackedImages#read}. */
  static byte[] pack(PackedImages images, int side) throws IOException {
    byte[] pixels = images.pixels();
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
      out.write(images.labels());
      out.write(residuals);
    }
    return packed.toByteArray();
  }
}
