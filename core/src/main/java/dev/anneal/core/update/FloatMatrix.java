package dev.anneal.core.update;

import dev.anneal.api.optimizer.DenseMatrix;
import dev.anneal.core.kernel.Width;
import dev.anneal.core.matrix.Layout;
import dev.anneal.core.matrix.Matrix;
import dev.anneal.core.matrix.MatrixProduct;
import dev.anneal.core.parallel.Workers;

/**
 * A matrix in single precision.
 *
 * @param matrix in rows
 * @param width how many floats at a time
 * @param workers who computes
 */
record FloatMatrix(Matrix matrix, Width width, Workers workers) implements DenseMatrix {
  @Override
  public int rows() {
    return matrix.rows();
  }

  @Override
  public int columns() {
    return matrix.columns();
  }

  @Override
  public double get(int row, int column) {
    return matrix.get(row, column);
  }

  @Override
  public void set(int row, int column, double value) {
    matrix.array()[matrix.index(row, column)] = (float) value;
  }

  @Override
  public DenseMatrix like(int rows, int columns) {
    return new FloatMatrix(Matrix.zeros(rows, columns, Layout.ROWS), width, workers);
  }

  @Override
  public void sum(double alpha, DenseMatrix a, double beta, DenseMatrix b) {
    Matrix left = ((FloatMatrix) a).matrix;
    Matrix right = ((FloatMatrix) b).matrix;
    float wide = (float) alpha;
    float other = (float) beta;
    for (int row = 0; row < rows(); row++) {
      int to = matrix.index(row, 0);
      int from = left.index(row, 0);
      int with = right.index(row, 0);
      for (int i = 0; i < columns(); i++) {
        matrix.array()[to + i] =
            Math.fma(other, right.array()[with + i], wide * left.array()[from + i]);
      }
    }
  }

  @Override
  public double norm() {
    double sum = 0;
    for (int row = 0; row < rows(); row++) {
      int at = matrix.index(row, 0);
      for (int i = 0; i < columns(); i++) {
        double element = matrix.array()[at + i];
        sum += element * element;
      }
    }
    return Math.sqrt(sum);
  }

  @Override
  public Runnable product(DenseMatrix a, boolean transposeA, DenseMatrix b, boolean transposeB) {
    Matrix left = ((FloatMatrix) a).matrix;
    Matrix right = ((FloatMatrix) b).matrix;
    int depth = transposeA ? left.rows() : left.columns();
    MatrixProduct product = new MatrixProduct(transposeA, transposeB, width, workers);
    return () -> product.run(left, right, matrix, rows(), depth);
  }
}
