package dev.anneal.core.matrix;

/**
 * A walk over the elements of a matrix in the order in which they are stored, run by run: a run is
 * a part of a row that lies in one piece, with the gap behind it. Reused, it allocates nothing.
 */
public final class Segments {
  private final Layout layout;
  private final int rows;
  private final int columns;
  private int at;
  private int end;
  private int length;
  private int elements;
  private int row;
  private int column;

  /**
   * A walk over matrices of a shape.
   *
   * @param matrix one of them
   */
  public Segments(Matrix matrix) {
    layout = matrix.layout();
    rows = matrix.rows();
    columns = matrix.columns();
  }

  /**
   * Begins at a place.
   *
   * @param from the place, its distance from the first element
   * @param to where to end, likewise
   */
  public void start(int from, int to) {
    at = from;
    end = to;
    length = 0;
  }

  /**
   * Goes to the next run.
   *
   * @return false if there is none
   */
  public boolean next() {
    at += length;
    if (at >= end) {
      return false;
    }
    int panel = layout == Layout.ROWS ? 0 : at / (Layout.PANEL * rows);
    int first = panel * Layout.PANEL;
    int width = layout.stride(columns, first);
    int within = at - first * rows;
    row = within / width;
    int gone = within % width;
    column = first + gone;
    length = Math.min(width - gone, end - at);
    int valid = layout == Layout.ROWS ? columns : Math.min(Layout.PANEL, columns - first);
    elements = Math.clamp(valid - gone, 0, length);
    return true;
  }

  /**
   * Where the run begins.
   *
   * @return its distance from the first element of the matrix
   */
  public int at() {
    return at;
  }

  /**
   * How far the run goes, its gap included.
   *
   * @return at least 1
   */
  public int length() {
    return length;
  }

  /**
   * How many elements of the matrix there are in the run; the rest is a gap.
   *
   * @return from 0 to {@link #length}
   */
  public int elements() {
    return elements;
  }

  /**
   * The row that the run belongs to.
   *
   * @return from 0
   */
  public int row() {
    return row;
  }

  /**
   * The column of its first element.
   *
   * @return from 0; beyond the last where the run is all gap
   */
  public int column() {
    return column;
  }
}
