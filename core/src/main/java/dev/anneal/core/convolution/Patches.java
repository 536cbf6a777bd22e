package dev.anneal.core.convolution;

import dev.anneal.core.matrix.Layout;
import dev.anneal.core.matrix.Matrix;
import dev.anneal.core.window.Geometry;
import dev.anneal.core.window.Window;

/**
 * The patches that a window sees of an image, as a tile reads them: runs of neighbouring numbers,
 * where they lie in the image and the zeros around it. Only where the window has gaps, or a filter
 * does not see all channels, are patches copied next to each other.
 */
final class Patches {
  private final int height;
  private final int width;
  private final int channels;
  private final int stretchDown;
  private final int stretchAcross;
  private final int top;
  private final int left;
  private final int haloWidth;
  private final Window window;
  private final int stepDown;
  private final int stepAcross;
  private final int down;
  private final int across;
  private final int seen;
  private final boolean copies;
  private final boolean gathers;
  private final float[][] halos;
  private final float[][] gathered;

  /** What was made of an image last, for each worker. */
  private final float[][] arrays;

  private final int[] starts;

  private Patches(
      int height,
      int width,
      int channels,
      int groups,
      int stretchDown,
      int stretchAcross,
      int top,
      int left,
      int haloHeight,
      int haloWidth,
      Window window,
      int stepDown,
      int stepAcross,
      int workers) {
    this.height = height;
    this.width = width;
    this.channels = channels;
    this.stretchDown = stretchDown;
    this.stretchAcross = stretchAcross;
    this.top = top;
    this.left = left;
    this.haloWidth = haloWidth;
    this.window = window;
    this.stepDown = stepDown;
    this.stepAcross = stepAcross;
    down = (haloHeight - window.reachDown()) / stepDown + 1;
    across = (haloWidth - window.reachAcross()) / stepAcross + 1;
    seen = channels / groups;
    copies = haloHeight != height || haloWidth != width || top != 0 || left != 0;
    gathers = groups > 1 || window.spread() > 1;
    int halo = copies ? Layout.length((long) haloHeight * haloWidth * channels) : 0;
    int all = gathers ? Layout.length((long) down * across * patch()) : 0;
    halos = new float[workers][halo];
    gathered = new float[workers][all];
    arrays = new float[workers][];
    starts = new int[workers];
  }

  /** Those that make a result of an image. */
  static Patches of(Geometry geometry, int workers) {
    Window window = geometry.window();
    return new Patches(
        geometry.height(),
        geometry.width(),
        geometry.channels(),
        geometry.groups(),
        1,
        1,
        window.top(),
        window.left(),
        geometry.height() + window.top() + window.bottom(),
        geometry.width() + window.left() + window.right(),
        window,
        window.down(),
        window.across(),
        workers);
  }

  /**
   * Those of a result that belong to the numbers of the image: the window turned around, over the
   * result with zeros between its pixels where the window had moved by more than one.
   */
  static Patches back(Geometry geometry, int workers) {
    Window window = geometry.window();
    return new Patches(
        geometry.down(),
        geometry.across(),
        geometry.filters(),
        geometry.groups(),
        window.down(),
        window.across(),
        window.reachDown() - 1 - window.top(),
        window.reachAcross() - 1 - window.left(),
        geometry.height() + window.reachDown() - 1,
        geometry.width() + window.reachAcross() - 1,
        window,
        1,
        1,
        workers);
  }

  /** Rows of positions. */
  int down() {
    return down;
  }

  /** Positions in a row. */
  int across() {
    return across;
  }

  /** Numbers of a patch. */
  int patch() {
    return window.height() * window.width() * seen;
  }

  /** How many of them are neighbours. */
  int run() {
    return gathers ? patch() : window.width() * channels;
  }

  /** How many such runs a patch has. */
  int runs() {
    return gathers ? 1 : window.height();
  }

  /** From one run to the next. */
  int nextRun() {
    return haloWidth * channels;
  }

  /** From one patch to the next in a row. */
  int next() {
    return gathers ? patch() : stepAcross * channels;
  }

  /** From one row of patches to the next. */
  int nextRow() {
    return gathers ? across * patch() : stepDown * haloWidth * channels;
  }

  /** The array that holds the patches that a worker has made. */
  float[] array(int worker) {
    return arrays[worker];
  }

  /** Where the first of them begins. */
  int start(int worker) {
    return starts[worker];
  }

  /**
   * Makes the patches of an image; those of its other groups must have been before.
   *
   * @param images a row for each
   * @param image which
   * @param group which part of the channels
   * @param worker whose memory
   */
  void make(Matrix images, int image, int group, int worker) {
    float[] from = images.array();
    int at = images.index(image, 0);
    if (copies) {
      if (group == 0) {
        copy(from, at, halos[worker]);
      }
      from = halos[worker];
      at = 0;
    }
    if (gathers) {
      gather(from, at + group * seen, gathered[worker]);
      from = gathered[worker];
      at = 0;
    }
    arrays[worker] = from;
    starts[worker] = at;
  }

  /** What lies around and between the pixels was 0 from the start. */
  private void copy(float[] from, int at, float[] halo) {
    int rows = halo.length / (haloWidth * channels);
    for (int y = 0; y < height; y++) {
      int row = top + y * stretchDown;
      if (row < 0 || row >= rows) {
        continue; // beyond what any patch sees
      }
      if (stretchAcross == 1 && left >= 0 && left + width <= haloWidth) {
        System.arraycopy(
            from,
            at + y * width * channels,
            halo,
            (row * haloWidth + left) * channels,
            width * channels);
        continue;
      }
      for (int x = 0; x < width; x++) {
        int column = left + x * stretchAcross;
        if (column >= 0 && column < haloWidth) {
          System.arraycopy(
              from,
              at + (y * width + x) * channels,
              halo,
              (row * haloWidth + column) * channels,
              channels);
        }
      }
    }
  }

  private void gather(float[] from, int at, float[] to) {
    int target = 0;
    for (int y = 0; y < down; y++) {
      for (int x = 0; x < across; x++) {
        int corner = at + (y * stepDown * haloWidth + x * stepAcross) * channels;
        for (int i = 0; i < window.height(); i++) {
          for (int j = 0; j < window.width(); j++) {
            int pixel = corner + (i * haloWidth + j) * window.spread() * channels;
            System.arraycopy(from, pixel, to, target, seen);
            target += seen;
          }
        }
      }
    }
  }
}
