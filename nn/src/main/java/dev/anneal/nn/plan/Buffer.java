package dev.anneal.nn.plan;

import dev.anneal.core.matrix.Matrix;

/** Where the value of a node lies; that of an input changes from batch to batch. */
final class Buffer {
  private Matrix matrix;

  Buffer(Matrix matrix) {
    this.matrix = matrix;
  }

  Matrix matrix() {
    return matrix;
  }

  void set(Matrix matrix) {
    this.matrix = matrix;
  }

  float[] array() {
    return matrix.array();
  }

  /** The index of the first element of a row. */
  int row(int row) {
    return matrix.index(row, 0);
  }
}
