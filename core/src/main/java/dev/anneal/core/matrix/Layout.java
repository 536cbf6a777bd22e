package dev.anneal.core.matrix;

import dev.anneal.api.InputException;

/**
 * How the elements of a matrix lie in an array. Both layouts depend on the matrix alone, not on the
 * machine, so a sum in the order of storage is the same sum everywhere.
 *
 * <p>The innermost loop of a product reads whole vectors and whole tiles; at the edges of a matrix
 * it reads beyond them and drops what comes of it. So an array must go on for {@link #slack}
 * elements behind every matrix in it, be it with other matrices.
 */
public enum Layout {
  /**
   * Row after row. A row starts a whole number of cache lines after the one before it, and not a
   * multiple of 8 of them: rows whose distance is a power of two would share a few sets of the
   * cache and push each other out (41 instead of 124 GFLOP/s at 2,048 bytes).
   */
  ROWS {
    @Override
    int stride(int columns, int column) {
      if (columns == 1) {
        return 1;
      }
      int lines = Math.ceilDiv(columns, LINE);
      return LINE * (lines % 8 == 0 ? lines + 1 : lines);
    }

    @Override
    public int index(int rows, int columns, int row, int column) {
      return row * stride(columns, 0) + column;
    }

    @Override
    public int size(int rows, int columns) {
      return length((long) rows * stride(columns, 0));
    }

    @Override
    public int slack(int columns) {
      return MOST_TILE_ROWS * stride(columns, 0) + PANEL;
    }
  },
  /**
   * Panels of 64 columns, each row after row; the last is as narrow as its columns allow, a
   * multiple of 16. A product reads its right operand this way from the first number to the last.
   */
  PANELS {
    @Override
    int stride(int columns, int column) {
      return width(columns - column / PANEL * PANEL);
    }

    @Override
    public int index(int rows, int columns, int row, int column) {
      int first = column / PANEL * PANEL;
      return first * rows + row * stride(columns, column) + column - first;
    }

    @Override
    public int size(int rows, int columns) {
      return length((long) rows * Math.ceilDiv(columns, LINE) * LINE);
    }

    @Override
    public int slack(int columns) {
      return MOST_TILE_ROWS * PANEL;
    }
  };

  /** The columns of a panel. */
  static final int PANEL = 64;

  /** Floats in a cache line, and the granularity of columns. */
  public static final int LINE = 16;

  /** No tile has more rows. */
  static final int MOST_TILE_ROWS = 16;

  /** All virtual machines have arrays of that length. */
  private static final int LONGEST = Integer.MAX_VALUE - 8;

  /**
   * The length of an array.
   *
   * @param numbers what goes into it; less than 0 where even its count has overflown
   * @return that many
   * @throws InputException if no array is that long
   */
  public static int length(long numbers) {
    if (numbers < 0 || numbers > LONGEST) {
      throw new InputException(
          "the model or the batch takes an array of more than %d numbers: take a smaller one"
              .formatted(LONGEST));
    }
    return (int) numbers;
  }

  /** The width of a panel that has some columns left to it. */
  static int width(int columns) {
    return Math.min(PANEL, Math.ceilDiv(columns, LINE) * LINE);
  }

  /** From an element to the one below it. */
  abstract int stride(int columns, int column);

  /**
   * Where an element lies.
   *
   * @param rows rows of the matrix
   * @param columns columns of the matrix
   * @param row a row
   * @param column a column
   * @return its distance from the first element
   */
  public abstract int index(int rows, int columns, int row, int column);

  /**
   * The space of a matrix, gaps included.
   *
   * @param rows rows of the matrix
   * @param columns columns of the matrix
   * @return a number of elements
   * @throws InputException if no array is that large
   */
  public abstract int size(int rows, int columns);

  /**
   * How far an array must go on behind a matrix.
   *
   * @param columns columns of the matrix
   * @return a number of elements
   */
  public abstract int slack(int columns);
}
