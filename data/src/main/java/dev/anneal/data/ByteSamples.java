package dev.anneal.data;

import dev.anneal.core.sample.Samples;
import java.util.List;

/** Images of one byte a pixel; a batch gets them as {@code pixel / 255f}, from 0 to 1. */
final class ByteSamples implements Samples {
  // Quotients of floats, as the reference runs compute them: a product with 1/255f differs in the
  // last
  // bit. To look them up takes half the time of dividing.
  private static final float[] WIDENED = new float[256];

  static {
    for (int pixel = 0; pixel < WIDENED.length; pixel++) {
      WIDENED[pixel] = pixel / 255f;
    }
  }

  private final byte[] pixels;
  private final byte[] labels;
  private final List<Integer> shape;
  private final int features;
  private final int classes;

  /**
   * Takes the arrays without a copy: nobody else may hold them.
   *
   * @param pixels one image after another
   * @param labels one for each image, 0 to {@code classes - 1}; there is at least one
   * @param height rows of an image
   * @param width columns of an image
   */
  ByteSamples(byte[] pixels, byte[] labels, int height, int width, int classes) {
    this.pixels = pixels;
    this.labels = labels;
    this.shape = List.of(height, width, 1);
    this.features = height * width;
    this.classes = classes;
  }

  @Override
  public int size() {
    return labels.length;
  }

  @Override
  public int features() {
    return features;
  }

  @Override
  public List<Integer> shape() {
    return shape;
  }

  @Override
  public int classes() {
    return classes;
  }

  @Override
  public void copy(int sample, float[] to, int at) {
    int from = sample * features;
    for (int i = 0; i < features; i++) {
      to[at + i] = WIDENED[pixels[from + i] & 0xff];
    }
  }

  @Override
  public int label(int sample) {
    return labels[sample];
  }
}
