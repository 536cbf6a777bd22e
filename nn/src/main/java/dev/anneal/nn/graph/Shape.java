package dev.anneal.nn.graph;

/**
 * The shape of a node: a matrix whose number of rows may be that of the batch. One row, or one
 * column, is broadcast where a larger matrix is wanted.
 *
 * @param rows a fixed number of rows, or {@link #BATCH}
 * @param columns the number of columns, at least 1
 */
public record Shape(int rows, int columns) {
  /** As many rows as the batch has samples; the last batch of an epoch may have fewer. */
  public static final int BATCH = -1;

  /** A single number. */
  public static final Shape SCALAR = new Shape(1, 1);

  /** Checks the extents. */
  public Shape {
    if ((rows < 1 && rows != BATCH) || columns < 1) {
      throw new IllegalArgumentException("no shape: %d rows, %d columns".formatted(rows, columns));
    }
  }

  /**
   * A row for each sample.
   *
   * @param columns numbers in a row
   * @return the shape
   */
  public static Shape batch(int columns) {
    return new Shape(BATCH, columns);
  }

  /**
   * The rows that a batch gives this shape.
   *
   * @param batch samples in the batch
   * @return rows
   */
  public int rows(int batch) {
    return rows == BATCH ? batch : rows;
  }

  /**
   * The shape of an elementwise result.
   *
   * @param other the other operand's shape
   * @return the shape that both broadcast to
   * @throws IllegalArgumentException if there is none
   */
  public Shape broadcast(Shape other) {
    return new Shape(extent(rows, other.rows, other), extent(columns, other.columns, other));
  }

  /** Whether there is one. */
  boolean fits(Shape other) {
    return fits(rows, other.rows) && fits(columns, other.columns);
  }

  private static boolean fits(int mine, int theirs) {
    return mine == theirs || mine == 1 || theirs == 1;
  }

  private int extent(int mine, int theirs, Shape other) {
    if (mine == theirs || theirs == 1) {
      return mine;
    }
    if (mine == 1) {
      return theirs;
    }
    throw new IllegalArgumentException(
        this + " and " + other + " do not fit together element by element");
  }

  @Override
  public String toString() {
    return "[" + (rows == BATCH ? "batch" : rows) + " x " + columns + "]";
  }
}
