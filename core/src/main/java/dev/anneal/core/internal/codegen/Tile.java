package dev.anneal.core.internal.codegen;

/**
 * The innermost part of a matrix product: a small tile of the result, held in registers while it
 * runs along k. Every element of the result is {@code fma(a[k], b[k], sum)} for k in ascending
 * order, at every width; that order is the specification.
 */
public interface Tile {
  /**
   * Multiplies a packed panel of rows by a packed panel of columns.
   *
   * @param a {@code k} groups of {@code rows} numbers, from {@code ao}
   * @param ao where they start
   * @param b {@code k} groups of {@code columns} numbers, from {@code bo}
   * @param bo where they start
   * @param c the result, {@code rows} rows of {@code columns} numbers
   * @param co where its first row starts
   * @param stride from one row of c to the next
   * @param k how long the panels are, at least 1
   * @param add whether the sums start from what c holds, or from 0
   */
  void run(float[] a, int ao, float[] b, int bo, float[] c, int co, int stride, int k, boolean add);
}
