package dev.anneal.core.matrix;

import dev.anneal.api.InputException;
import java.util.Arrays;

/**
 * A matrix within an array that it may share with others.
 *
 * @param array holds the elements, and goes on for {@link Layout#slack} behind them
 * @param offset index of the first element
 * @param rows how many rows there is space for
 * @param columns how many columns
 * @param layout how the elements lie
 */
@SuppressWarnings("ArrayRecordComponent") // a view of shared memory, never compared
public record Matrix(float[] array, int offset, int rows, int columns, Layout layout) {

  /**
   * A matrix of zeros in an array of its own.
   *
   * @param rows how many rows
   * @param columns how many columns
   * @param layout how the elements lie
   * @return the matrix
   * @throws InputException if no array is that large
   */
  public static Matrix zeros(int rows, int columns, Layout layout) {
    int size = Layout.length((long) layout.size(rows, columns) + layout.slack(columns));
    return new Matrix(new float[size], 0, rows, columns, layout);
  }

  /**
   * Where an element lies.
   *
   * @param row a row
   * @param column a column
   * @return its index in the array
   */
  public int index(int row, int column) {
    return offset + layout.index(rows, columns, row, column);
  }

  /**
   * From an element to the one below it.
   *
   * @param column the element's column
   * @return a number of elements
   */
  public int stride(int column) {
    return layout.stride(columns, column);
  }

  /**
   * One element.
   *
   * @param row its row
   * @param column its column
   * @return the element
   */
  public float get(int row, int column) {
    return array[index(row, column)];
  }

  /**
   * Replaces all elements.
   *
   * @param elements row after row, without gaps
   * @param from index of the first
   */
  public void set(float[] elements, int from) {
    for (int column = 0; column < columns; column += Layout.PANEL) {
      int width = Math.min(Layout.PANEL, columns - column);
      for (int row = 0; row < rows; row++) {
        System.arraycopy(elements, from + row * columns + column, array, index(row, column), width);
      }
    }
  }

  /**
   * Replaces all elements.
   *
   * @param from a matrix of the same shape, in any layout
   */
  public void set(Matrix from) {
    for (int column = 0; column < columns; column += Layout.PANEL) {
      int width = Math.min(Layout.PANEL, columns - column);
      for (int row = 0; row < rows; row++) {
        System.arraycopy(from.array, from.index(row, column), array, index(row, column), width);
      }
    }
  }

  /**
   * All elements.
   *
   * @return a copy, row after row, without gaps
   */
  public float[] get() {
    float[] elements = new float[Math.multiplyExact(rows, columns)];
    get(elements, 0);
    return elements;
  }

  /**
   * Copies all elements.
   *
   * @param elements receives them, row after row, without gaps
   * @param from index of the first
   */
  public void get(float[] elements, int from) {
    for (int column = 0; column < columns; column += Layout.PANEL) {
      int width = Math.min(Layout.PANEL, columns - column);
      for (int row = 0; row < rows; row++) {
        System.arraycopy(array, index(row, column), elements, from + row * columns + column, width);
      }
    }
  }

  @Override
  public String toString() {
    return "%d x %d in %s: %s".formatted(rows, columns, layout, Arrays.toString(get()));
  }
}
