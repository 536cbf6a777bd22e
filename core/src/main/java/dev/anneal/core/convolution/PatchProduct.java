package dev.anneal.core.convolution;

import dev.anneal.core.codegen.PatchTile;
import dev.anneal.core.codegen.TierUp;
import dev.anneal.core.codegen.TileCompiler;
import dev.anneal.core.kernel.Width;
import dev.anneal.core.matrix.Layout;
import dev.anneal.core.matrix.Matrix;
import dev.anneal.core.parallel.Workers;
import dev.anneal.core.window.Direction;
import dev.anneal.core.window.Geometry;
import java.util.Arrays;

/**
 * The convolution of images with filters (a cross-correlation, as everywhere in deep learning), and
 * its two gradients. Images are rows of a matrix ({@link Geometry}); the weights are a matrix with
 * a row for each number of a patch and a column for each filter.
 *
 * <p>The order of additions depends on the geometry and on the number of images alone, so neither
 * the width of the vectors nor the number of threads changes a bit:
 *
 * <ul>
 *   <li>forward, {@code sum = fma(x, w, sum)} from 0 in the order of the weights' rows; the zeros
 *       of the padding take part;
 *   <li>to the images the same over the results, with the window turned around: its last row and
 *       column first, filter after filter;
 *   <li>to the weights a chain of fma over the positions in each image, from 0, row after row.
 *       These are added, image after image, within each of {@value #PARTS} parts of the images, and
 *       then the parts in their order.
 * </ul>
 *
 * <p>A tile reads patches where they lie (Georganas et al., 2018, do so too): nothing is copied but
 * images that need zeros around them. An instance does one of the three at a time and allocates
 * nothing in it.
 */
public final class PatchProduct {
  /** Parts of the images whose gradients are added by themselves: as many can work on them. */
  private static final int PARTS = 16;

  private static final int NARROW = 16;
  private static final int WIDE = 2 * NARROW;

  private final Geometry geometry;
  private final Direction direction;
  private final Workers workers;
  private final Patches patches;
  private final Tiles tiles;
  private final float[][] blocks;

  /** The weights of each group, where they are not read as they are. */
  private final Matrix[] own;

  private final float[][] sums;
  private final Workers.Task image = this::image;
  private final Workers.Task part = this::part;

  private Matrix images;
  private Matrix weights;
  private Matrix result;
  private int count;

  /**
   * Tiles of two and of one times sixteen columns.
   *
   * @param widest columns of the first; with vectors of fewer than 512 bits two times sixteen would
   *     not be held in registers, and both are the same
   */
  private record Tiles(TierUp<PatchTile> wide, TierUp<PatchTile> narrow, int widest, int rows) {
    static Tiles of(Width width, boolean transposed, int extent) {
      int most =
          switch (width) {
            case BITS_512 -> 13;
            case BITS_256 -> 6;
            case BITS_128, SCALAR -> 4;
          };
      int rows = Math.ceilDiv(extent, Math.ceilDiv(extent, most));
      int widest = width == Width.BITS_512 ? WIDE : NARROW;
      return new Tiles(
          TileCompiler.compilePatches(width, transposed, rows, widest),
          TileCompiler.compilePatches(width, transposed, rows, NARROW),
          widest,
          rows);
    }

    /** Columns of the tile for what is left. */
    int columns(int left) {
      return left <= NARROW ? NARROW : widest;
    }

    TierUp<PatchTile> of(int columns) {
      return columns == NARROW ? narrow : wide;
    }
  }

  /**
   * Prepares.
   *
   * @param geometry of images and window
   * @param direction which of the three
   * @param width how many floats at a time
   * @param workers who does it
   */
  public PatchProduct(Geometry geometry, Direction direction, Width width, Workers workers) {
    this.geometry = geometry;
    this.direction = direction;
    this.workers = workers;
    int threads = workers.threads();
    patches =
        direction == Direction.TO_IMAGES
            ? Patches.back(geometry, threads)
            : Patches.of(geometry, threads);
    boolean toWeights = direction == Direction.TO_WEIGHTS;
    tiles = Tiles.of(width, toWeights, toWeights ? patches.run() : patches.across());
    blocks = new float[threads][tiles.rows * WIDE];
    sums = new float[toWeights ? PARTS : 0][toWeights ? geometry.patch() * geometry.filters() : 0];
    own = new Matrix[ownWeights() ? geometry.groups() : 0];
    for (int group = 0; group < own.length; group++) {
      own[group] = Matrix.zeros(patches.patch(), filters(), Layout.PANELS);
    }
    images = Matrix.zeros(1, 1, Layout.ROWS);
    weights = images;
    result = images;
  }

  private boolean ownWeights() {
    return direction == Direction.TO_IMAGES
        || (direction == Direction.FORWARD && geometry.groups() > 1);
  }

  /** Columns of the weights of a group, as the tiles read them. */
  private int filters() {
    return (direction == Direction.TO_IMAGES ? geometry.channels() : geometry.filters())
        / geometry.groups();
  }

  /**
   * Computes.
   *
   * @param left images, or the gradient of the results
   * @param right the weights, or, for their gradient, that of the results
   * @param to receives the result
   * @param count how many images
   */
  public void run(Matrix left, Matrix right, Matrix to, int count) {
    images = left;
    weights = right;
    result = to;
    this.count = count;
    if (direction == Direction.TO_WEIGHTS) {
      int parts = Math.min(PARTS, count);
      workers.run(parts, part);
      gather(parts);
      return;
    }
    for (int group = 0; group < own.length; group++) {
      if (direction == Direction.FORWARD) {
        take(group);
      } else {
        turn(group);
      }
    }
    workers.run(count, image);
  }

  /** The columns of a group's filters. */
  private void take(int group) {
    Matrix to = own[group];
    for (int row = 0; row < to.rows(); row++) {
      for (int column = 0; column < to.columns(); column++) {
        to.array()[to.index(row, column)] = weights.get(row, group * to.columns() + column);
      }
    }
  }

  /** Weights as the gradient of the images reads them: the window turned around. */
  private void turn(int group) {
    Matrix to = own[group];
    int channels = to.columns();
    int filters = geometry.filters() / geometry.groups();
    int taps = geometry.window().height() * geometry.window().width();
    for (int tap = 0; tap < taps; tap++) {
      for (int channel = 0; channel < channels; channel++) {
        int row = (taps - 1 - tap) * channels + channel;
        for (int filter = 0; filter < filters; filter++) {
          to.array()[to.index(tap * filters + filter, channel)] =
              weights.get(row, group * filters + filter);
        }
      }
    }
  }

  private void image(int index, int worker) {
    int filters = filters();
    int all = filters * geometry.groups();
    int from = result.index(index, 0);
    int end = from + patches.down() * patches.across() * all;
    for (int group = 0; group < geometry.groups(); group++) {
      patches.make(images, index, group, worker);
      Matrix kernel = own.length == 0 ? weights : own[group];
      for (int column = 0; column < filters; ) {
        int columns = tiles.columns(filters - column);
        strip(tiles.of(columns), columns, kernel, column, from + group * filters, all, end, worker);
        column += columns;
      }
    }
  }

  /** Some columns of the result of an image, tile after tile of neighbouring pixels. */
  private void strip(
      TierUp<PatchTile> tier,
      int columns,
      Matrix kernel,
      int column,
      int to,
      int stride,
      int end,
      int worker) {
    int across = patches.across();
    int rows = tiles.rows;
    int valid = Math.min(columns, kernel.columns() - column);
    PatchTile tile =
        tier.now((long) patches.down() * across * columns * patches.run() * patches.runs());
    float[] from = patches.array(worker);
    float[] block = blocks[worker];
    // What is computed beyond the last filter may fall on the next pixel, which comes later.
    boolean single = valid == stride;
    int right = kernel.index(0, column);
    int rightStride = kernel.stride(column);
    for (int y = 0; y < patches.down(); y++) {
      for (int x = 0; x < across; x += rows) {
        int first = Math.min(x, across - rows); // the last one overlaps the one before
        int left = patches.start(worker) + y * patches.nextRow() + first * patches.next();
        int at = to + (y * across + first) * stride + column;
        boolean direct = valid == columns || (single && at + (rows - 1) * stride + columns <= end);
        tile.run(
            from,
            left,
            patches.next(),
            kernel.array(),
            right,
            rightStride,
            direct ? result.array() : block,
            direct ? at : 0,
            direct ? stride : columns,
            patches.run(),
            patches.runs(),
            patches.nextRun());
        for (int row = 0; row < rows && !direct; row++) {
          System.arraycopy(block, row * columns, result.array(), at + row * stride, valid);
        }
      }
    }
  }

  /** Adds up the gradient of the weights over some of the images. */
  private void part(int index, int worker) {
    float[] sum = sums[index];
    Arrays.fill(sum, 0);
    int parts = Math.min(PARTS, count);
    int last = (int) ((index + 1L) * count / parts);
    for (int each = (int) ((long) index * count / parts); each < last; each++) {
      for (int group = 0; group < geometry.groups(); group++) {
        patches.make(images, each, group, worker);
        add(each, group, sum, worker);
      }
    }
  }

  private void add(int index, int group, float[] sum, int worker) {
    int filters = filters();
    int all = geometry.filters();
    int run = patches.run();
    int rows = tiles.rows;
    float[] block = blocks[worker];
    int gradient = weights.index(index, 0) + group * filters;
    for (int column = 0; column < filters; ) {
      int columns = tiles.columns(filters - column);
      int valid = Math.min(columns, filters - column);
      PatchTile tile =
          tiles
              .of(columns)
              .now((long) patches.down() * patches.across() * columns * run * patches.runs());
      for (int pass = 0; pass < patches.runs(); pass++) {
        for (int k = 0; k < run; k += rows) {
          int first = Math.min(k, run - rows); // the last one overlaps the one before
          tile.run(
              patches.array(worker),
              patches.start(worker) + pass * patches.nextRun() + first,
              patches.next(),
              weights.array(),
              gradient + column,
              all,
              block,
              0,
              columns,
              patches.across(),
              patches.down(),
              patches.nextRow());
          for (int row = k - first; row < rows; row++) {
            int to = (pass * run + first + row) * all + group * filters + column;
            for (int i = 0; i < valid; i++) {
              sum[to + i] += block[row * columns + i];
            }
          }
        }
      }
      column += columns;
    }
  }

  private void gather(int parts) {
    int columns = geometry.filters();
    float[] first = sums[0];
    for (int index = 1; index < parts; index++) {
      float[] sum = sums[index];
      for (int i = 0; i < first.length; i++) {
        first[i] += sum[i];
      }
    }
    for (int row = 0; row < geometry.patch(); row++) {
      for (int column = 0; column < columns; column += Layout.LINE) {
        int width = Math.min(Layout.LINE, columns - column);
        System.arraycopy(
            first, row * columns + column, result.array(), result.index(row, column), width);
      }
    }
  }
}
