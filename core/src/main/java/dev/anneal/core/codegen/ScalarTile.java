package dev.anneal.core.codegen;

/**
 * The specification of every {@link Tile}, and what runs until the JIT has compiled one. Four sums
 * at a time hide part of the fma's latency: this may be all there is for a while.
 *
 * @param transposed whether the left matrix is stored as its transpose
 * @param add whether the sums start from what the result holds
 * @param rows rows of the tile
 * @param columns columns of the tile, a multiple of 4
 */
record ScalarTile(boolean transposed, boolean add, int rows, int columns) implements Tile {
  @Override
  public void run(
      float[] a, int ao, int as, float[] b, int bo, int bs, float[] c, int co, int cs, int k) {
    int alongRow = transposed ? as : 1;
    int alongColumn = transposed ? 1 : as;
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column += 4) {
        int to = co + row * cs + column;
        float s0 = add ? c[to] : 0;
        float s1 = add ? c[to + 1] : 0;
        float s2 = add ? c[to + 2] : 0;
        float s3 = add ? c[to + 3] : 0;
        int left = ao + row * alongColumn;
        int right = bo + column;
        for (int step = 0; step < k; step++) {
          float factor = a[left];
          s0 = Math.fma(factor, b[right], s0);
          s1 = Math.fma(factor, b[right + 1], s1);
          s2 = Math.fma(factor, b[right + 2], s2);
          s3 = Math.fma(factor, b[right + 3], s3);
          left += alongRow;
          right += bs;
        }
        c[to] = s0;
        c[to + 1] = s1;
        c[to + 2] = s2;
        c[to + 3] = s3;
      }
    }
  }
}
