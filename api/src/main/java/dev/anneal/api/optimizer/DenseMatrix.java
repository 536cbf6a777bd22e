package dev.anneal.api.optimizer;

/** A matrix in single or in double precision, for {@linkplain MatrixFunction matrix functions}. */
public interface DenseMatrix {
  /**
   * How many rows.
   *
   * @return at least 1
   */
  int rows();

  /**
   * How many columns.
   *
   * @return at least 1
   */
  int columns();

  /**
   * An element.
   *
   * @param row its row
   * @param column its column
   * @return the element
   */
  double get(int row, int column);

  /**
   * Replaces an element.
   *
   * @param row its row
   * @param column its column
   * @param value rounded to the precision of this matrix
   */
  void set(int row, int column, double value);

  /**
   * Another matrix of the same precision.
   *
   * @param rows how many rows
   * @param columns how many columns
   * @return zeros
   */
  DenseMatrix like(int rows, int columns);

  /**
   * Makes this a weighted sum, element by element: {@code alpha * a + beta * b}, the second product
   * fused with the sum.
   *
   * @param alpha the weight of a
   * @param a of the shape of this matrix; may be this one
   * @param beta the weight of b
   * @param b of the shape of this matrix; may be this one
   */
  void sum(double alpha, DenseMatrix a, double beta, DenseMatrix b);

  /**
   * The square root of the sum of the squared elements.
   *
   * @return at least 0
   */
  double norm();

  /**
   * A product that makes this matrix {@code op(a) op(b)} when it is run.
   *
   * @param a the left matrix, not this one
   * @param transposeA whether it is read transposed
   * @param b the right matrix, not this one
   * @param transposeB whether it is read transposed
   * @return computes the product of what the two are by then
   */
  Runnable product(DenseMatrix a, boolean transposeA, DenseMatrix b, boolean transposeB);
}
