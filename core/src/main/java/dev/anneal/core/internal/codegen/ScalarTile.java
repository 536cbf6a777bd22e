package dev.anneal.core.internal.codegen;

import java.util.Arrays;

/** The specification of every {@link Tile}. */
record ScalarTile(int rows, int columns) implements Tile {
  @Override
  public void run(
      float[] a, int ao, float[] b, int bo, float[] c, int co, int stride, int k, boolean add) {
    for (int row = 0; row < rows; row++) {
      int to = co + row * stride;
      if (!add) {
        Arrays.fill(c, to, to + columns, 0f);
      }
      for (int step = 0; step < k; step++) {
        float factor = a[ao + step * rows + row];
        int from = bo + step * columns;
        for (int column = 0; column < columns; column++) {
          c[to + column] = Math.fma(factor, b[from + column], c[to + column]);
        }
      }
    }
  }
}
