package dev.anneal.nn.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The shape of a node: rows, as many as the batch has samples or a fixed number, and the axes of
 * what stands in a row. A row with one axis is a row of a matrix; an image has rows, columns and
 * channels. An axis of one, and axes that are missing in front, are broadcast where a larger shape
 * is wanted.
 *
 * @param rows a fixed number of rows, or {@link #BATCH}
 * @param axes extents of a row, each at least 1, at least one; the last varies fastest
 */
public record Shape(int rows, List<Integer> axes) {
  /** As many rows as the batch has samples; the last batch of an epoch may have fewer. */
  public static final int BATCH = -1;

  /** A single number. */
  public static final Shape SCALAR = new Shape(1, 1);

  /** Checks the extents. */
  public Shape {
    axes = List.copyOf(axes);
    if ((rows < 1 && rows != BATCH) || axes.isEmpty() || axes.stream().anyMatch(n -> n < 1)) {
      throw new IllegalArgumentException("no shape: %d rows of %s".formatted(rows, axes));
    }
  }

  /**
   * The shape of a matrix.
   *
   * @param rows a fixed number of rows, or {@link #BATCH}
   * @param columns numbers in a row, at least 1
   */
  public Shape(int rows, int columns) {
    this(rows, List.of(columns));
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
   * A row for each sample.
   *
   * @param axes of a row
   * @return the shape
   */
  public static Shape batch(List<Integer> axes) {
    return new Shape(BATCH, axes);
  }

  /**
   * The numbers in a row.
   *
   * @return the product of its axes
   */
  public int columns() {
    int columns = 1;
    for (int i = 0; i < axes.size(); i++) {
      columns = Math.multiplyExact(columns, axes.get(i));
    }
    return columns;
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
   * The same numbers as a matrix.
   *
   * @return a shape of one axis
   */
  Shape flat() {
    return axes.size() == 1 ? this : new Shape(rows, columns());
  }

  /**
   * The shape of an elementwise result.
   *
   * @param other the other operand's shape
   * @return the shape that both broadcast to
   * @throws IllegalArgumentException if there is none
   */
  public Shape broadcast(Shape other) {
    int rank = Math.max(axes.size(), other.axes.size());
    List<Integer> mine = axes(rank);
    List<Integer> theirs = other.axes(rank);
    List<Integer> both = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      both.add(extent(mine.get(i), theirs.get(i), other));
    }
    return new Shape(extent(rows, other.rows, other), both);
  }

  /** The axes, with ones in front up to a number. */
  List<Integer> axes(int rank) {
    List<Integer> all = new ArrayList<>(Collections.nCopies(rank - axes.size(), 1));
    all.addAll(axes);
    return all;
  }

  /** Whether there is one. */
  boolean fits(Shape other) {
    int rank = Math.max(axes.size(), other.axes.size());
    List<Integer> mine = axes(rank);
    List<Integer> theirs = other.axes(rank);
    for (int i = 0; i < rank; i++) {
      if (!fits(mine.get(i), theirs.get(i))) {
        return false;
      }
    }
    return fits(rows, other.rows);
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
    return (rows == BATCH ? "[batch" : "[" + rows)
        + axes.stream().map(extent -> " x " + extent).collect(Collectors.joining())
        + "]";
  }
}
