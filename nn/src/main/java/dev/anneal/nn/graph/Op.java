package dev.anneal.nn.graph;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.core.window.Direction;
import dev.anneal.core.window.Geometry;
import java.util.List;

/** What a node computes from its operands. */
public sealed interface Op {
  /** The features of the batch. */
  record Features() implements Op {}

  /** The labels of the batch, one a row. */
  record Labels() implements Op {}

  /** One over the number of samples in the batch. */
  record InverseBatch() implements Op {}

  /**
   * Fixed numbers.
   *
   * @param values row after row
   */
  record Constant(List<Double> values) implements Op {
    /** Copies the numbers. */
    public Constant {
      values = List.copyOf(values);
    }
  }

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
  record Elementwise(Expression value) implements Op {}

  /** The sum of each row. */
  record RowSum() implements Op {}

  /** The sum of each column. */
  record ColumnSum() implements Op {}

  /**
   * The largest of each row.
   *
   * @param differentiable whether it passes its gradient on to where the largest stands; not where
   *     it cancels, as in a stable softmax
   */
  record RowMax(boolean differentiable) implements Op {}

  /** The column in which the first of a row's largest stands. */
  record RowArgMax() implements Op {}

  /**
   * Some columns.
   *
   * @param from the first of them
   */
  record Slice(int from) implements Op {}

  /** The same numbers as rows of other axes; there is nothing to compute. */
  record Shaped() implements Op {}

  /**
   * Numbers repeated along an axis of each row.
   *
   * @param length how often
   * @param inner numbers behind that axis, which stay together
   */
  record Expand(int length, int inner) implements Op {}

  /**
   * The sum along an axis of each row, in ascending order.
   *
   * @param length the extent of the axis
   * @param inner numbers behind that axis
   */
  record AxisSum(int length, int inner) implements Op {}

  /**
   * A convolution of images, or one of its gradients.
   *
   * @param geometry of images and window
   * @param direction which: of images and weights; of results and weights; of images and results
   */
  record Convolution(Geometry geometry, Direction direction) implements Op {}

  /**
   * A number for each channel of what a window sees.
   *
   * @param geometry of images and window; as many filters as channels
   * @param kind which number
   */
  record Pool(Geometry geometry, PoolKind kind) implements Op {}

  /**
   * The gradient of {@link Pool} for its images, from the images and the gradient of its result.
   *
   * @param geometry as it has
   * @param kind as it has
   */
  record Unpool(Geometry geometry, PoolKind kind) implements Op {}

  /** What a window is reduced to. */
  enum PoolKind {
    /** The largest number; its gradient goes to the first of the largest. */
    MAX,
    /** The mean of those that are in the image. */
    MEAN
  }

  /** The columns of all operands, side by side. */
  record Concatenate() implements Op {}

  /** Rows become columns. */
  record Transpose() implements Op {}

  /** The same numbers, row after row, in rows of another length. */
  record Reshape() implements Op {}

  /**
   * Rows of the first operand, chosen by the numbers of the second: those of a row stand side by
   * side.
   */
  record Gather() implements Op {}

  /**
   * The reverse of {@link Gather}: each part of the first operand is added to the row that the
   * second names, in ascending order of rows and, within one, of columns.
   */
  record Scatter() implements Op {}

  /** For each row, 1 in the column that its label names and 0 elsewhere. */
  record OneHot() implements Op {}

  /**
   * Random zeros: each element is 0 with probability {@code rate}, else {@code 1 / (1 - rate)},
   * anew at each iteration.
   *
   * @param rate a probability, at least 0 and less than 1, at each iteration
   * @param stream tells one such node from another
   */
  record Dropout(Schedule rate, int stream) implements Op {}

  /**
   * Random numbers from the standard normal distribution, anew at each iteration.
   *
   * @param stream tells one such node from another
   */
  record Normal(int stream) implements Op {}
}
