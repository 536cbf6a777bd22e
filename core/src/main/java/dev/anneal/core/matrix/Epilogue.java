package dev.anneal.core.matrix;

/**
 * What becomes of a block of a product's result. A block is handed over when it is complete and
 * still in the first-level cache, so that what would be another pass over memory costs nothing
 * there. Blocks do not overlap, and come in any order and from several threads at once.
 */
@FunctionalInterface
public interface Epilogue {
  /**
   * Takes a block.
   *
   * @param block holds it; its element (row, column) lies at {@code at + (row - first row) * stride
   *     + (column - first column)}
   * @param at index of its first element
   * @param stride from one row to the next, at least {@code columns}; what lies between a row's
   *     last column and the next row is 0
   * @param row its first row in the result
   * @param rows how many rows
   * @param column its first column in the result
   * @param columns how many columns
   * @param worker which worker hands it over: for working memory, never for the result
   */
  void take(
      float[] block, int at, int stride, int row, int rows, int column, int columns, int worker);
}
