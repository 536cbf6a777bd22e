package dev.anneal.core.codegen;

/**
 * The specification of every {@link PatchTile}, and what runs until the JIT has compiled one. Four
 * sums at a time hide part of the fma's latency.
 *
 * @param transposed whether the rows of the tile are neighbouring numbers of a patch
 * @param rows rows of the tile
 * @param columns columns of the tile, a multiple of 4
 */
record ScalarPatchTile(boolean transposed, int rows, int columns) implements PatchTile {
  @Override
  public void run(
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
      int an) {
    int along = transposed ? as : 1;
    int down = transposed ? 1 : as;
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column += 4) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        int right = bo + column;
        for (int pass = 0; pass < passes; pass++) {
          int left = ao + row * down + pass * an;
          for (int step = 0; step < k; step++) {
            float factor = a[left];
            s0 = Math.fma(factor, b[right], s0);
            s1 = Math.fma(factor, b[right + 1], s1);
            s2 = Math.fma(factor, b[right + 2], s2);
            s3 = Math.fma(factor, b[right + 3], s3);
            left += along;
            right += bs;
          }
        }
        int to = co + row * cs + column;
        c[to] = s0;
        c[to + 1] = s1;
        c[to + 2] = s2;
        c[to + 3] = s3;
      }
    }
  }
}
