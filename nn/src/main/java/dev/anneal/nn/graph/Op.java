package dev.anneal.nn.graph;

import dev.anneal.core.lane.Lane;

/** What a node computes from its operands. */
public sealed interface Op {
  /** The features of the batch. */
  record Features() implements Op {}

  /** The labels of the batch, one a row. */
  record Labels() implements Op {}

  /** One over the number of samples in the batch. */
  record InverseBatch() implements Op {}

  /**
   * Weights that training adjusts.
   *
   * @param parameter which
   */
  record Weights(Parameter parameter) implements Op {}

  /**
   * The matrix product of two operands.
   *
   * @param transposeLeft whether the first is read transposed
   * @param transposeRight whether the second is read transposed
   */
  record Product(boolean transposeLeft, boolean transposeRight) implements Op {}

  /**
   * A formula for each element, over operands that are broadcast to a common shape.
   *
   * @param value the formula; {@code Element(i)} is the element of operand i
   */
  record Elementwise(Lane value) implements Op {}

  /** The sum of each row. */
  record RowSum() implements Op {}

  /** The sum of each column. */
  record ColumnSum() implements Op {}

  /**
   * The largest of each row. It passes no gradient: use it where it cancels, as in a stable
   * softmax.
   */
  record RowMax() implements Op {}

  /** For each row, 1 in the column that its label names and 0 elsewhere. */
  record OneHot() implements Op {}

  /**
   * Random zeros: each element is 0 with probability {@code rate}, else {@code 1 / (1 - rate)},
   * anew at each iteration.
   *
   * @param rate a probability, at least 0 and less than 1
   * @param stream tells one such node from another
   */
  record Dropout(double rate, int stream) implements Op {}
}
