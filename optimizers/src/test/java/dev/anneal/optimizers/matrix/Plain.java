package dev.anneal.optimizers.matrix;

import dev.anneal.api.optimizer.DenseMatrix;

/** A matrix in plain Java, for functions of matrices on their own. */
public record Plain(double[][] numbers) implements DenseMatrix {
  public static Plain zeros(int rows, int columns) {
    return new Plain(new double[rows][columns]);
  }

  @Override
  public int rows() {
    return numbers.length;
  }

  @Override
  public int columns() {
    return numbers[0].length;
  }

  @Override
  public double get(int row, int column) {
    return numbers[row][column];
  }

  @Override
  public void set(int row, int column, double value) {
    numbers[row][column] = value;
  }

  @Override
  public DenseMatrix like(int rows, int columns) {
    return zeros(rows, columns);
  }

  @Override
  public void sum(double alpha, DenseMatrix a, double beta, DenseMatrix b) {
    replace(Matrices.map(of(a), of(b), (x, y) -> alpha * x + beta * y));
  }

  @Override
  public double norm() {
    return Matrices.norm(numbers);
  }

  @Override
  public Runnable product(DenseMatrix a, boolean transposeA, DenseMatrix b, boolean transposeB) {
    return () -> {
      double[][] left = transposeA ? Matrices.transposed(of(a)) : of(a);
      double[][] right = transposeB ? Matrices.transposed(of(b)) : of(b);
      replace(Matrices.product(left, right));
    };
  }

  private void replace(double[][] by) {
    for (int i = 0; i < rows(); i++) {
      numbers[i] = by[i].clone();
    }
  }

  public static double[][] of(DenseMatrix dense) {
    return ((Plain) dense).numbers;
  }
}
