package dev.anneal.optimizers.matrix;

import dev.anneal.relocated.org.ejml.data.DMatrixRMaj;
import dev.anneal.relocated.org.ejml.dense.row.decomposition.svd.SvdImplicitQrDecompose_DDRM;

/**
 * The eigenvalues and eigenvectors of a symmetric matrix without negative eigenvalues, which are
 * its singular values and vectors too. In double precision; allocates nothing after the first time.
 */
final class Eigendecomposition {
  private final int size;
  private final DMatrixRMaj matrix;
  private final DMatrixRMaj vectors;
  private final SvdImplicitQrDecompose_DDRM decomposition =
      new SvdImplicitQrDecompose_DDRM(false, true, false, false);

  /** The matrix to decompose, entry by entry. */
  @FunctionalInterface
  interface Entries {
    /** An entry. */
    double get(int row, int column);
  }

  Eigendecomposition(int size) {
    this.size = size;
    matrix = new DMatrixRMaj(size, size);
    vectors = new DMatrixRMaj(size, size);
  }

  /**
   * Decomposes a matrix.
   *
   * @return whether it could be done: not where a number is not finite
   */
  boolean compute(Entries of) {
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        double number = of.get(i, j);
        if (!Double.isFinite(number)) {
          return false;
        }
        matrix.set(i, j, number);
      }
    }
    if (!decomposition.decompose(matrix)) {
      return false;
    }
    decomposition.getU(vectors, false);
    return true;
  }

  /** The eigenvalues, as the eigenvectors come: in no order. */
  double value(int which) {
    return decomposition.getSingularValues()[which];
  }

  /** The largest of them. */
  double largest() {
    double largest = 0;
    for (int i = 0; i < size; i++) {
      largest = Math.max(largest, value(i));
    }
    return largest;
  }

  /** An entry of an eigenvector. */
  double vector(int entry, int which) {
    return vectors.get(entry, which);
  }
}
