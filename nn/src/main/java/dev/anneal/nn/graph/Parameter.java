package dev.anneal.nn.graph;

import dev.anneal.api.InputException;
import java.util.Objects;

/**
 * A matrix of weights that training adjusts, or of numbers that a layer keeps for itself.
 *
 * @param name unique in its model, such as {@code dense_1.kernel}
 * @param rows rows of the matrix
 * @param columns columns of the matrix
 * @param taps places from which an output reaches the weights of a row: those of a window for a
 *     convolution, 1 for a product; what initializers take for outputs is {@code columns} as often
 * @param initializer where the weights start
 * @param trained whether an optimizer adjusts them; if not, a layer says what becomes of them
 */
public record Parameter(
    String name, int rows, int columns, int taps, Initializer initializer, boolean trained) {
  private static final int MOST = Integer.MAX_VALUE - 8;

  /** Checks that there are weights, and that an array can hold them. */
  public Parameter {
    Objects.requireNonNull(initializer, () -> name + " has no initializer");
    if (rows < 1 || columns < 1) {
      throw new IllegalArgumentException(
          "%s would be [%d x %d]: a matrix of weights has at least one row and one column"
              .formatted(name, rows, columns));
    }
    if ((long) rows * columns > MOST) {
      throw new InputException(
          "%s would have %d x %d weights; an array holds at most %d"
              .formatted(name, rows, columns, MOST));
    }
  }

  /**
   * Weights of products.
   *
   * @param name unique in its model, such as {@code dense_1.kernel}
   * @param rows rows of the matrix
   * @param columns columns of the matrix
   * @param initializer where the weights start
   * @param trained whether an optimizer adjusts them
   */
  public Parameter(String name, int rows, int columns, Initializer initializer, boolean trained) {
    this(name, rows, columns, 1, initializer, trained);
  }

  /**
   * Weights that an optimizer adjusts.
   *
   * @param name unique in its model, such as {@code dense_1.kernel}
   * @param rows rows of the matrix
   * @param columns columns of the matrix
   * @param initializer where the weights start
   */
  public Parameter(String name, int rows, int columns, Initializer initializer) {
    this(name, rows, columns, initializer, true);
  }

  /**
   * How many weights there are.
   *
   * @return {@code rows * columns}
   */
  public int size() {
    return rows * columns;
  }
}
