package dev.anneal.optimizers.matrix;

import dev.anneal.api.optimizer.DenseMatrix;
import dev.anneal.relocated.org.ejml.data.DMatrixRMaj;
import dev.anneal.relocated.org.ejml.dense.row.decomposition.qr.QRDecompositionHouseholderColumn_DDRM;

/**
 * The eigenvectors of a symmetric matrix that changes slowly, the one of the largest eigenvalue
 * first: computed once, then followed by a power iteration. Which of the two ends of an eigenvector
 * is taken does not depend on roundings: at first its first entry of at least half the largest is
 * positive (two may be the largest), later it keeps its direction.
 */
final class Eigenbasis {
  private final int size;
  private final Eigendecomposition eigen;
  private final DenseMatrix product;
  private final Runnable multiply;
  private final DMatrixRMaj matrix;
  private final DMatrixRMaj orthogonal;
  private final QRDecompositionHouseholderColumn_DDRM decomposition =
      new QRDecompositionHouseholderColumn_DDRM();
  private final double[] values;
  private final int[] order;
  private final Eigendecomposition.Entries entries;
  private final DenseMatrix before;

  /**
   * Makes ready.
   *
   * @param symmetric the matrix
   * @param before its eigenvectors as they were, in columns
   */
  Eigenbasis(DenseMatrix symmetric, DenseMatrix before) {
    entries = symmetric::get;
    this.before = before;
    size = symmetric.rows();
    eigen = new Eigendecomposition(size);
    product = symmetric.like(size, size);
    multiply = product.product(symmetric, false, before, false);
    matrix = new DMatrixRMaj(size, size);
    orthogonal = new DMatrixRMaj(size, size);
    values = new double[size];
    order = new int[size];
  }

  /** Computes them from nothing; they stay as they were where that cannot be done. */
  void compute(DenseMatrix basis) {
    if (!eigen.compute(entries)) {
      basis.sum(1, before, 0, before);
      return;
    }
    for (int j = 0; j < size; j++) {
      values[j] = eigen.value(j);
    }
    sort();
    for (int j = 0; j < size; j++) {
      int from = order[j];
      double sign = Math.copySign(1, leading(from));
      for (int i = 0; i < size; i++) {
        basis.set(i, j, sign * eigen.vector(i, from));
      }
    }
  }

  private double leading(int column) {
    double largest = 0;
    for (int i = 0; i < size; i++) {
      largest = Math.max(largest, Math.abs(eigen.vector(i, column)));
    }
    int first = 0;
    while (first < size - 1 && Math.abs(eigen.vector(first, column)) < largest / 2) {
      first++;
    }
    return eigen.vector(first, column);
  }

  /** Follows them by a step, in the order of what the eigenvalues are now. */
  void follow(DenseMatrix basis) {
    multiply.run();
    for (int j = 0; j < size; j++) {
      values[j] = 0;
      for (int i = 0; i < size; i++) {
        values[j] = Math.fma(before.get(i, j), product.get(i, j), values[j]);
      }
    }
    sort();
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        matrix.set(i, j, product.get(i, order[j]));
      }
    }
    decomposition.decompose(matrix);
    decomposition.getQ(orthogonal, false);
    for (int j = 0; j < size; j++) {
      double along = 0;
      for (int i = 0; i < size; i++) {
        along = Math.fma(orthogonal.get(i, j), before.get(i, order[j]), along);
      }
      for (int i = 0; i < size; i++) {
        basis.set(i, j, Math.copySign(1, along) * orthogonal.get(i, j));
      }
    }
  }

  /** Which of the former eigenvectors is now at a place. */
  int from(int place) {
    return order[place];
  }

  /** Insertion: the order changes little from time to time. */
  private void sort() {
    for (int i = 0; i < size; i++) {
      int at = i;
      while (at > 0 && values[order[at - 1]] < values[i]) {
        order[at] = order[at - 1];
        at--;
      }
      order[at] = i;
    }
  }
}
