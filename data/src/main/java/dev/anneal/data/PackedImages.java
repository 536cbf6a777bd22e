package dev.anneal.data;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.InflaterInputStream;

/**
 * Labelled square images of one byte a pixel, packed without loss: a zlib stream of all labels,
 * then of all images, each column by column, every pixel less what {@link #paeth} predicts of it.
 * For Fashion-MNIST this is a tenth smaller than plain deflate, and columns beat rows.
 */
final class PackedImages {
  private PackedImages() {}

  /**
   * Unpacks.
   *
   * @param count the number of images
   * @param side width and height of each
   * @param classes the number of classes
   */
  static ByteSamples read(InputStream packed, int count, int side, int classes) throws IOException {
    byte[] labels = new byte[count];
    byte[] pixels = new byte[count * side * side];
    byte[] residuals = new byte[side * side];
    try (var in = new DataInputStream(new InflaterInputStream(packed))) {
      in.readFully(labels);
      for (int image = 0; image < count; image++) {
        in.readFully(residuals);
        restore(residuals, pixels, image * side * side, side);
      }
    }
    return new ByteSamples(pixels, labels, side, side, classes);
  }

  private static void restore(byte[] residuals, byte[] pixels, int start, int side) {
    int next = 0;
    for (int x = 0; x < side; x++) {
      for (int y = 0; y < side; y++) {
        int at = start + y * side + x;
        pixels[at] = (byte) (residuals[next++] + paeth(pixels, at, x, y, side));
      }
    }
  }

  /**
   * PNG's Paeth predictor: of the left, upper and upper left neighbour, the one nearest to the
   * plane through them.
   */
  static int paeth(byte[] pixels, int at, int x, int y, int side) {
    int left = x > 0 ? pixels[at - 1] & 0xff : 0;
    int up = y > 0 ? pixels[at - side] & 0xff : 0;
    int corner = x > 0 && y > 0 ? pixels[at - side - 1] & 0xff : 0;
    int toLeft = Math.abs(up - corner);
    int toUp = Math.abs(left - corner);
    int toCorner = Math.abs(left + up - 2 * corner);
    if (toLeft <= toUp && toLeft <= toCorner) {
      return left;
    }
    return toUp <= toCorner ? up : corner;
  }
}
