package dev.anneal.core.kernel;

import dev.anneal.core.internal.codegen.Tile;
import dev.anneal.core.internal.codegen.TileCompiler;
import dev.anneal.core.work.Workers;
import java.util.Arrays;

/**
 * The product of two dense row-major matrices, {@code C = op(A) op(B)}, either of which may be read
 * transposed.
 *
 * <p>Each element of C is {@code fma(a[k], b[k], sum)} with k ascending from 0 and the sum starting
 * at 0. That order does not depend on the width of the vectors, on the number of threads, nor on
 * how the work is split, so neither do the bits.
 *
 * <p>Both operands are packed into panels first, so that the innermost loop reads memory in order
 * and needs no special case at the edges. An instance keeps the room for that and allocates nothing
 * in {@link #run}; it runs one product at a time.
 */
public final class MatrixProduct {
  /**
   * Rows and vectors of a tile: 16 sums hide the latency of the fma; 6x4, 8x3, 12x2 and 14x2 were
   * not faster (2026-11-21, Zen 5).
   */
  private static final int TILE_ROWS = 8;

  private static final int TILE_VECTORS = 2;

  /** Steps of k per pass: a panel of B (256 x 32 floats, 32 KiB) stays in the first-level cache. */
  private static final int BLOCK = 256;

  /**
   * Row panels per task: enough to reuse a panel of B, few enough to share the work among threads.
   */
  private static final int ROW_PANELS_PER_TASK = 16;

  /** Below this many multiplications the hand-off to other threads costs more than it gains. */
  private static final long SERIAL_BELOW = 1 << 17;

  private final boolean transposeA;
  private final boolean transposeB;
  private final Workers workers;
  private final Tile tile;
  private final int tileColumns;
  private final Workers.Task packRows = this::packRowPanel;
  private final Workers.Task packColumns = this::packColumnPanel;
  private final Workers.Task multiply = this::multiplyPanels;

  private float[] packedA = {};
  private float[] packedB = {};
  private float[] edges = {};
  private float[] a = {};
  private float[] b = {};
  private float[] c = {};
  private int aOffset;
  private int bOffset;
  private int cOffset;
  private int m;
  private int n;
  private int k;

  /**
   * Prepares a product.
   *
   * @param transposeA whether A is stored as its transpose, k rows of m
   * @param transposeB whether B is stored as its transpose, n rows of k
   * @param width how many floats at a time
   * @param workers who does it
   */
  public MatrixProduct(boolean transposeA, boolean transposeB, Width width, Workers workers) {
    this.transposeA = transposeA;
    this.transposeB = transposeB;
    this.workers = workers;
    this.tile = TileCompiler.compile(width, TILE_ROWS, TILE_VECTORS);
    this.tileColumns = TILE_VECTORS * width.floats();
  }

  /**
   * Makes room for products up to a size, so that {@link #run} allocates nothing.
   *
   * @param rows m
   * @param columns n
   * @param depth k
   */
  public void reserve(int rows, int columns, int depth) {
    packedA = reserve(packedA, (long) panels(rows, TILE_ROWS) * TILE_ROWS * depth);
    packedB = reserve(packedB, (long) panels(columns, tileColumns) * tileColumns * depth);
    edges = reserve(edges, (long) tasks(rows, columns) * TILE_ROWS * tileColumns);
  }

  private static float[] reserve(float[] room, long size) {
    return room.length >= size ? room : new float[Math.toIntExact(size)];
  }

  /**
   * Multiplies: {@code C[rows x columns] = op(A)[rows x depth] op(B)[depth x columns]}.
   *
   * @param rows rows of C
   * @param columns columns of C
   * @param depth the dimension that is summed over
   * @param a holds A
   * @param aOffset where A starts
   * @param b holds B
   * @param bOffset where B starts
   * @param c receives C; must not overlap A or B
   * @param cOffset where C starts
   */
  public void run(
      int rows,
      int columns,
      int depth,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float[] c,
      int cOffset) {
    reserve(rows, columns, depth);
    this.m = rows;
    this.n = columns;
    this.k = depth;
    this.a = a;
    this.aOffset = aOffset;
    this.b = b;
    this.bOffset = bOffset;
    this.c = c;
    this.cOffset = cOffset;
    boolean serial = (long) rows * columns * depth < SERIAL_BELOW;
    loop(serial, panels(rows, TILE_ROWS), packRows);
    loop(serial, panels(columns, tileColumns), packColumns);
    loop(serial, tasks(rows, columns), multiply);
  }

  private void loop(boolean serial, int tasks, Workers.Task task) {
    if (serial) {
      for (int i = 0; i < tasks; i++) {
        task.run(i);
      }
    } else {
      workers.run(tasks, task);
    }
  }

  private int tasks(int rows, int columns) {
    return panels(columns, tileColumns) * panels(panels(rows, TILE_ROWS), ROW_PANELS_PER_TASK);
  }

  private static int panels(int length, int size) {
    return (length + size - 1) / size;
  }

  private void packRowPanel(int panel) {
    pack(
        a,
        aOffset,
        transposeA ? m : k,
        transposeA,
        panel * TILE_ROWS,
        m,
        TILE_ROWS,
        packedA,
        panel * TILE_ROWS * k);
  }

  private void packColumnPanel(int panel) {
    int columns = tileColumns;
    pack(
        b,
        bOffset,
        transposeB ? k : n,
        !transposeB,
        panel * columns,
        n,
        columns,
        packedB,
        panel * columns * k);
  }

  /**
   * Copies {@code size} lines of a matrix, each k long, to groups of one number from each line;
   * lines beyond the matrix are 0.
   *
   * @param acrossRows whether a line runs down a column of the stored matrix, so that a group is
   *     contiguous in it
   */
  private void pack(
      float[] from,
      int offset,
      int stride,
      boolean acrossRows,
      int first,
      int lines,
      int size,
      float[] to,
      int at) {
    int valid = Math.min(size, lines - first);
    if (valid < size) {
      Arrays.fill(to, at, at + size * k, 0);
    }
    if (acrossRows) {
      for (int step = 0; step < k; step++) {
        System.arraycopy(from, offset + step * stride + first, to, at + step * size, valid);
      }
    } else {
      for (int line = 0; line < valid; line++) {
        int source = offset + (first + line) * stride;
        for (int step = 0; step < k; step++) {
          to[at + step * size + line] = from[source + step];
        }
      }
    }
  }

  private void multiplyPanels(int task) {
    int columnPanels = panels(n, tileColumns);
    int column = task % columnPanels * tileColumns;
    int firstRow = task / columnPanels * ROW_PANELS_PER_TASK * TILE_ROWS;
    int lastRow = Math.min(m, firstRow + ROW_PANELS_PER_TASK * TILE_ROWS);
    int validColumns = Math.min(tileColumns, n - column);
    for (int step = 0; step < k; step += BLOCK) {
      int length = Math.min(BLOCK, k - step);
      int panelB = column * k + step * tileColumns;
      for (int row = firstRow; row < lastRow; row += TILE_ROWS) {
        int panelA = row * k + step * TILE_ROWS;
        int validRows = Math.min(TILE_ROWS, m - row);
        int to = cOffset + row * n + column;
        if (validRows == TILE_ROWS && validColumns == tileColumns) {
          tile.run(packedA, panelA, packedB, panelB, c, to, n, length, step > 0);
        } else {
          int edge = task * TILE_ROWS * tileColumns;
          if (step > 0) {
            copy(c, to, n, edges, edge, tileColumns, validRows, validColumns);
          }
          tile.run(packedA, panelA, packedB, panelB, edges, edge, tileColumns, length, step > 0);
          copy(edges, edge, tileColumns, c, to, n, validRows, validColumns);
        }
      }
    }
  }

  private static void copy(
      float[] from,
      int offset,
      int stride,
      float[] to,
      int toOffset,
      int toStride,
      int rows,
      int columns) {
    for (int row = 0; row < rows; row++) {
      System.arraycopy(from, offset + row * stride, to, toOffset + row * toStride, columns);
    }
  }
}
