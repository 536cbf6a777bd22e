package dev.anneal.core.codegen;

/**
 * The innermost part of a matrix product: a small tile of the result, held in registers while it
 * runs along k. Every element of the result is {@code fma(a[k], b[k], sum)} for k in ascending
 * order, at every width; that order is the specification.
 */
public interface Tile {
  /**
   * Multiplies some rows of one matrix by some columns of another, both read where they lie.
   *
   * @param a the left matrix
   * @param ao the tile's first element of it
   * @param as from one row of it, as it is stored, to the next
   * @param b the right matrix
   * @param bo the tile's first element of it
   * @param bs from one row of it to the next
   * @param c the result
   * @param co the tile's first element of it
   * @param cs from one row of it to the next
   * @param k how many products to add, at least 1
   */
  void run(float[] a, int ao, int as, float[] b, int bo, int bs, float[] c, int co, int cs, int k);
}
