package dev.anneal.nn.graph;

/**
 * A matrix of weights that training adjusts.
 *
 * @param name unique in its model, such as {@code dense_1.kernel}
 * @param rows rows of the matrix
 * @param columns columns of the matrix
 * @param initializer where the weights start
 */
public record Parameter(String name, int rows, int columns, Initializer initializer) {
  /**
   * How many weights there are.
   *
   * @return {@code rows * columns}
   */
  public int size() {
    return Math.multiplyExact(rows, columns);
  }
}
