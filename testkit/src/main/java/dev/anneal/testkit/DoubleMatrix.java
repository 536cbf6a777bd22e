package dev.anneal.testkit;

import dev.anneal.api.optimizer.DenseMatrix;
import java.util.Arrays;

/**
 * A matrix in double precision.
 *
 * @param rows how many rows
 * @param columns how many columns
 * @param elements row-major
 */
@SuppressWarnings("ArrayRecordComponent") // a view of shared memory, never compared
record DoubleMatrix(int rows, int columns, double[] elements) implements DenseMatrix {
  @Override
  public double get(int row, int column) {
    return elements[row * columns + column];
  }

  @Override
  public void set(int row, int column, double value) {
    elements[row * columns + column] = value;
  }

  @Override
  public DenseMatrix like(int rows, int columns) {
    return new DoubleMatrix(rows, columns, new double[rows * columns]);
  }

  @Override
  public void sum(double alpha, DenseMatrix a, double beta, DenseMatrix b) {
    double[] left = ((DoubleMatrix) a).elements;
    double[] right = ((DoubleMatrix) b).elements;
    Arrays.setAll(elements, i -> Math.fma(beta, right[i], alpha * left[i]));
  }

  @Override
  public double norm() {
    return Math.sqrt(Arrays.stream(elements).map(x -> x * x).sum());
  }

  @Override
  public Runnable product(DenseMatrix a, boolean transposeA, DenseMatrix b, boolean transposeB) {
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
