package dev.anneal.core.optimize;

import java.util.Arrays;

/**
 * A matrix in double precision.
 *
 * @param rows how many rows
 * @param columns how many columns
 * @param elements row-major
 */
@SuppressWarnings("ArrayRecordComponent") // a view of shared memory, never compared
record DoubleDense(int rows, int columns, double[] elements) implements Dense {
  @Override
  public double get(int row, int column) {
    return elements[row * columns + column];
  }

  @Override
  public void set(int row, int column, double value) {
    elements[row * columns + column] = value;
  }

  @Override
  public Dense like(int rows, int columns) {
    return new DoubleDense(rows, columns, new double[rows * columns]);
  }

  @Override
  public void sum(double alpha, Dense a, double beta, Dense b) {
    double[] left = ((DoubleDense) a).elements;
    double[] right = ((DoubleDense) b).elements;
    Arrays.setAll(elements, i -> Math.fma(beta, right[i], alpha * left[i]));
  }

  @Override
  public double norm() {
    return Math.sqrt(Arrays.stream(elements).map(x -> x * x).sum());
  }

  @Override
  public Runnable product(Dense a, boolean transposeA, Dense b, boolean transposeB) {
    int depth = transposeA ? a.rows() : a.columns();
    return () -> {
      for (int row = 0; row < rows; row++) {
        for (int column = 0; column < columns; column++) {
          double sum = 0;
          for (int k = 0; k < depth; k++) {
            double left = transposeA ? a.get(k, row) : a.get(row, k);
            sum = Math.fma(left, transposeB ? b.get(column, k) : b.get(k, column), sum);
          }
          set(row, column, sum);
        }
      }
    };
  }
}
