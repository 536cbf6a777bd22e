package dev.anneal.bench.peers;

import java.util.List;

/**
 * A matrix product to measure, in row-major floats.
 *
 * @param rows rows of the result
 * @param depth what is summed over
 * @param columns columns of the result
 * @param form how the operands are stored
 */
public record Product(int rows, int depth, int columns, Form form) {
  /** How the operands are stored. */
  public enum Form {
    /** Both as they are multiplied. */
    NN,
    /** The second transposed: columns x depth. */
    NT,
    /** The first transposed: depth x rows. */
    TN
  }

  /** Those of a training step of 784-512-200-10, and square ones. */
  public static final List<Product> ALL =
      List.of(
          new Product(64, 784, 512, Form.NN),
          new Product(64, 512, 200, Form.NN),
          new Product(64, 200, 512, Form.NT),
          new Product(784, 64, 512, Form.TN),
          new Product(512, 512, 512, Form.NN),
          new Product(1024, 1024, 1024, Form.NN),
          new Product(2048, 2048, 2048, Form.NN));

  /** What its row is called. */
  public String title() {
    String shape = "product " + rows + "x" + depth + "x" + columns;
    return form == Form.NN ? shape : shape + " " + form;
  }

  /** Additions and multiplications. */
  public double flops() {
    return 2.0 * rows * depth * columns;
  }

  /** Whether the first operand is stored transposed. */
  public boolean firstTransposed() {
    return form == Form.TN;
  }

  /** Whether the second operand is stored transposed. */
  public boolean secondTransposed() {
    return form == Form.NT;
  }

  /** Rows of the first operand, as stored. */
  public int firstRows() {
    return firstTransposed() ? depth : rows;
  }

  /** Columns of the first operand, as stored. */
  public int firstColumns() {
    return firstTransposed() ? rows : depth;
  }

  /** Rows of the second operand, as stored. */
  public int secondRows() {
    return secondTransposed() ? columns : depth;
  }

  /** Columns of the second operand, as stored. */
  public int secondColumns() {
    return secondTransposed() ? depth : columns;
  }

  /** One number of the result, to compare with. */
  double at(int row, int column, float[] first, float[] second) {
    double sum = 0;
    for (int i = 0; i < depth; i++) {
      float left = firstTransposed() ? first[i * rows + row] : first[row * depth + i];
      float right = secondTransposed() ? second[column * depth + i] : second[i * columns + column];
      sum += (double) left * right;
    }
    return sum;
  }
}
