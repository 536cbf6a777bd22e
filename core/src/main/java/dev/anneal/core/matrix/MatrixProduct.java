package dev.anneal.core.matrix;

import dev.anneal.core.codegen.TierUp;
import dev.anneal.core.codegen.Tile;
import dev.anneal.core.codegen.TileCompiler;
import dev.anneal.core.kernel.Width;
import dev.anneal.core.parallel.Workers;
import java.util.Arrays;

/**
 * The product of two matrices, {@code C = op(A) op(B)}, either of which may be read transposed.
 *
 * <p>Each element of C is {@code fma(a[k], b[k], sum)} with k ascending from 0 and the sum starting
 * at 0. That order does not depend on the width of the vectors, on the number of threads, nor on
 * how the work is split, so neither do the bits.
 *
 * <p>The tile's vectors run along the rows of C; a row of B is read as vectors and A number by
 * number, both where they lie. Where B is stored as its transpose that cannot be, and the product
 * is {@code C' = B A'} instead: then A is transposed first, and every block of C' as it is stored.
 * In training that is {@code dY W'}, whose A and C are activations, much smaller than W.
 *
 * <p>An instance keeps working memory and allocates nothing in {@link #run} as long as the depth
 * stays the same and the rows do not grow; it runs one product at a time.
 */
public final class MatrixProduct {
  /** Blocks to cut a shared product into where its rows allow: enough to share it evenly. */
  private static final int BLOCKS = 16;

  /** Below this many multiplications the hand-off to other threads costs more than it gains. */
  private static final long SERIAL_BELOW = 1 << 17;

  private final boolean transposeA;
  private final boolean transposeB;

  /** Whether the tile reads its left matrix across the rows that are stored. */
  private final boolean acrossRows;

  private final Workers workers;
  private final TileShape shape;
  private final Tiles tiles;
  private final Tiles narrowTiles;
  private final float[][] blocks;
  private final Span span = Span.create();
  private final Epilogue store = this::store;
  private final Workers.Task multiply = this::block;
  private final Workers.Task transpose = this::transposePanel;

  private Matrix transposedA = Matrix.zeros(1, 1, Layout.PANELS);
  private Matrix source = transposedA;
  private Matrix left = transposedA;
  private Matrix right = transposedA;
  private Matrix result = transposedA;
  private Epilogue epilogue = store;
  private boolean stores;
  private int blockRows;
  private int blockColumns;
  private int m;
  private int n;
  private int k;

  /** A tile for the first pass over k, and one that goes on from there. */
  private record Tiles(TierUp<Tile> first, TierUp<Tile> next, int rows, int columns) {
    static Tiles of(Width width, boolean acrossRows, int rows, int columns) {
      return new Tiles(
          TileCompiler.compile(width, acrossRows, false, rows, columns),
          TileCompiler.compile(width, acrossRows, true, rows, columns),
          rows,
          columns);
    }
  }

  /**
   * Prepares a product.
   *
   * @param transposeA whether A is stored as its transpose, k rows of m
   * @param transposeB whether B is stored as its transpose, n rows of k
   * @param width how many floats at a time
   * @param workers who does it
   */
  public MatrixProduct(boolean transposeA, boolean transposeB, Width width, Workers workers) {
    this(transposeA, transposeB, width, TileShape.of(width), workers);
  }

  /** The same with tiles of another shape. */
  MatrixProduct(
      boolean transposeA, boolean transposeB, Width width, TileShape shape, Workers workers) {
    this.transposeA = transposeA;
    this.transposeB = transposeB;
    this.workers = workers;
    this.shape = shape;
    acrossRows = transposeA && !transposeB;
    tiles = Tiles.of(width, acrossRows, shape.rows(), shape.columns());
    narrowTiles = Tiles.of(width, acrossRows, shape.narrowRows(), Layout.LINE);
    blocks =
        new float[workers.threads()][(shape.blockRows() + Layout.MOST_TILE_ROWS) * Layout.PANEL];
  }

  /**
   * Begins to compile the tiles beside the caller's work, the most needed first: for who knows of
   * products to come that are worth it.
   */
  public static void warmUp() {
    Width width = Width.preferred();
    TileShape shape = TileShape.of(width);
    for (boolean acrossRows : new boolean[] {false, true}) {
      TileCompiler.compile(width, acrossRows, false, shape.rows(), shape.columns()).hurry();
      TileCompiler.compile(width, acrossRows, false, shape.narrowRows(), Layout.LINE).hurry();
    }
    TileCompiler.compile(width, false, true, shape.rows(), shape.columns()).hurry();
  }

  /**
   * Multiplies: {@code C[rows x columns] = op(A)[rows x depth] op(B)[depth x columns]}, for all
   * columns of C.
   *
   * @param a A
   * @param b B
   * @param c receives C; must not overlap A or B
   * @param rows rows of C to compute
   * @param depth the dimension that is summed over
   */
  public void run(Matrix a, Matrix b, Matrix c, int rows, int depth) {
    stores = true;
    multiply(a, b, c, rows, depth, store);
  }

  /**
   * Multiplies, and hands the result over in blocks instead of storing it.
   *
   * @param a A
   * @param b B
   * @param c has the shape of the result; neither read nor written here
   * @param rows rows of C to compute
   * @param depth the dimension that is summed over
   * @param epilogue takes the result; may write to A and B only what no other block reads
   * @throws IllegalStateException if B is stored as its transpose: its blocks are transposed as
   *     they are stored
   */
  public void run(Matrix a, Matrix b, Matrix c, int rows, int depth, Epilogue epilogue) {
    if (transposeB) {
      throw new IllegalStateException("no epilogue where the result is computed as its transpose");
    }
    stores = false;
    multiply(a, b, c, rows, depth, epilogue);
  }

  private void multiply(Matrix a, Matrix b, Matrix c, int rows, int depth, Epilogue epilogue) {
    span.begin();
    this.result = c;
    this.epilogue = epilogue;
    this.k = depth;
    if ((transposeA && a.layout() == Layout.PANELS)
        || (transposeB && c.layout() == Layout.PANELS)) {
      throw new IllegalArgumentException(
          "what is transposed on the left or after must lie in rows");
    }
    boolean serial = (long) rows * c.columns() * depth < SERIAL_BELOW;
    boolean shared = !serial && workers.threads() > 1;
    blockColumns = Layout.PANEL;
    if (transposeB) {
      m = c.columns();
      n = rows;
      if (shared && !transposeA && n <= Layout.PANEL) {
        blockColumns = shape.columns();
      }
      left = b;
      right = transposeA ? a : transposed(a, serial);
    } else {
      m = rows;
      n = c.columns();
      left = a;
      right = b;
    }
    int panels = Math.ceilDiv(n, blockColumns);
    int wanted = shared ? BLOCKS : 1;
    int groups = Math.max(Math.ceilDiv(m, shape.blockRows()), Math.ceilDiv(wanted, panels));
    blockRows = Math.ceilDiv(Math.ceilDiv(m, groups), shape.rows()) * shape.rows();
    loop(serial, panels * Math.ceilDiv(m, blockRows), multiply);
    span.end(rows, c.columns(), depth);
  }

  private void loop(boolean serial, int tasks, Workers.Task task) {
    if (serial) {
      for (int i = 0; i < tasks; i++) {
        task.run(i, 0);
      }
    } else {
      workers.run(tasks, task);
    }
  }

  /**
   * {@code A'} in panels, each with the columns of a block. So a thread writes and reads panels,
   * and in the end rows of C, that no other touches: lines side by side that two threads write cost
   * two to four times as much (Zen 5, 2026-11-28; 64x200x512 on two threads 76 us instead of 104).
   */
  private Matrix transposed(Matrix a, boolean serial) {
    int last = (n - 1) / blockColumns;
    int columns = last * Layout.PANEL + n - last * blockColumns;
    if (transposedA.rows() != k || transposedA.columns() < columns) {
      transposedA = Matrix.zeros(k, columns, Layout.PANELS);
    }
    source = a;
    loop(serial, Math.ceilDiv(n, Layout.LINE), transpose);
    return transposedA;
  }

  private void transposePanel(int index, int worker) {
    int line = index * Layout.LINE;
    int lines = Math.min(Layout.LINE, n - line);
    int column = line / blockColumns * Layout.PANEL + line % blockColumns;
    int stride = transposedA.stride(column);
    for (int first = 0; first < k; first += Layout.PANEL) { // a row may go on in another panel
      int steps = Math.min(Layout.PANEL, k - first);
      int from = source.index(line, first);
      int down = source.stride(first);
      int to = transposedA.index(first, column);
      for (int step = 0; step < steps; step++) {
        for (int i = 0; i < lines; i++) {
          transposedA.array()[to + step * stride + i] = source.array()[from + i * down + step];
        }
      }
    }
  }

  private void block(int index, int worker) {
    // Panel after panel: the blocks of a worker share what it has read of B.
    int groups = Math.ceilDiv(m, blockRows);
    int panel = index / groups;
    int column = panel * blockColumns;
    int row = index % groups * blockRows;
    int rows = Math.min(blockRows, m - row);
    int columns = Math.min(blockColumns, n - column);
    int width = Layout.width(columns);
    boolean direct =
        stores
            && !transposeB
            && rows % shape.rows() == 0
            && (width % shape.columns() == 0 || rows % shape.narrowRows() == 0)
            && column + width <= result.stride(column)
            && result.layout() == Layout.ROWS;
    if (direct) {
      multiply(
          row, rows, panel, width, result.array(), result.index(row, column), result.stride(0));
      return;
    }
    float[] block = blocks[worker];
    multiply(row, rows, panel, width, block, 0, width);
    if (transposeB) {
      storeTransposed(block, width, row, rows, column, columns);
    } else {
      clear(block, width, rows, columns);
      epilogue.take(block, 0, width, row, rows, column, columns, worker);
    }
  }

  private void multiply(int row, int rows, int panel, int width, float[] to, int at, int stride) {
    int most =
        left.layout() == Layout.PANELS
            ? Layout.PANEL // its rows end with the panel
            : Math.ceilDiv(k, Math.ceilDiv(k, shape.depth()));
    for (int step = 0; step < k; step += most) {
      int length = Math.min(most, k - step);
      for (int c = 0; c < width; ) {
        Tiles each = c + shape.columns() <= width ? tiles : narrowTiles;
        strip(each, step, length, row, rows, panel * Layout.PANEL + c, to, at + c, stride);
        c += each.columns;
      }
    }
  }

  /** Tile under tile, which read the same columns of B. */
  private void strip(
      Tiles each,
      int step,
      int length,
      int row,
      int rows,
      int column,
      float[] to,
      int at,
      int stride) {
    Tile tile = (step == 0 ? each.first : each.next).now((long) rows * each.columns * length);
    int leftStride = left.stride(step);
    int from = right.index(step, column);
    int rightStride = right.stride(column);
    for (int r = 0; r < rows; r += each.rows) {
      int leftFrom = acrossRows ? left.index(step, row + r) : left.index(row + r, step);
      tile.run(
          left.array(),
          leftFrom,
          leftStride,
          right.array(),
          from,
          rightStride,
          to,
          at + r * stride,
          stride,
          length);
    }
  }

  private static void clear(float[] block, int stride, int rows, int columns) {
    for (int row = 0; row < rows && columns < stride; row++) {
      Arrays.fill(block, row * stride + columns, (row + 1) * stride, 0);
    }
  }

  private void storeTransposed(
      float[] block, int stride, int row, int rows, int column, int columns) {
    float[] to = result.array();
    int down = result.stride(0);
    int c = 0;
    for (; c + 4 <= columns; c += 4) { // four lines at a time: a loop may be as short as a tile
      int at = result.index(column + c, row);
      for (int r = 0; r < rows; r++) {
        int from = r * stride + c;
        to[at + r] = block[from];
        to[at + down + r] = block[from + 1];
        to[at + 2 * down + r] = block[from + 2];
        to[at + 3 * down + r] = block[from + 3];
      }
    }
    for (; c < columns; c++) {
      int at = result.index(column + c, row);
      for (int r = 0; r < rows; r++) {
        to[at + r] = block[r * stride + c];
      }
    }
  }

  private void store(
      float[] block, int at, int stride, int row, int rows, int column, int columns, int worker) {
    if (result.layout() == Layout.PANELS) {
      System.arraycopy(block, at, result.array(), result.index(row, column), rows * stride);
      return;
    }
    for (int r = 0; r < rows; r++) {
      System.arraycopy(
          block, at + r * stride, result.array(), result.index(row + r, column), columns);
    }
  }
}
