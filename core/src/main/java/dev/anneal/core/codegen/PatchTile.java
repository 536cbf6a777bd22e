package dev.anneal.core.codegen;

/**
 * The innermost part of a convolution: a {@link Tile} whose left matrix is made of patches of an
 * image, read where they lie. A patch is some runs of neighbouring numbers, one pass for each.
 * Every element of the result is {@code fma(a, b, sum)} from 0, pass after pass.
 */
@FunctionalInterface
public interface PatchTile {
  /**
   * Multiplies.
   *
   * @param a the image
   * @param ao the tile's first element of it
   * @param as from one patch, or one step, to the next
   * @param b the right matrix
   * @param bo the tile's first element of it
   * @param bs from one row of it to the next; it goes on from pass to pass
   * @param c the result
   * @param co the tile's first element of it
   * @param cs from one row of it to the next
   * @param k steps of a pass, at least 1
   * @param passes how many, at least 1
   * @param an from where a pass begins to where the next one does
   */
  void run(
      float[] a,
      int ao,
      int as,
      float[] b,
      int bo,
      int bs,
      float[] c,
      int co,
      int cs,
      int k,
      int passes,
      int an);
}
