package dev.anneal.core.update;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.Granularity;

/** A sum or a maximum of some numbers. */
public sealed interface Reduction {
  /**
   * Whether numbers are added up or the largest is taken.
   *
   * @return which
   */
  Kind kind();

  /**
   * Whether there is a result per row, column, parameter or group.
   *
   * @return a coarser granularity than that of the numbers
   */
  Granularity granularity();

  /**
   * The numbers.
   *
   * @return an expression
   */
  Expression of();

  /**
   * One result for the parameter, or with {@link Granularity#GROUP} one for all of them.
   *
   * @param kind which
   * @param granularity {@link Granularity#PARAMETER} or {@link Granularity#GROUP}
   * @param of the numbers
   * @param scalar receives the result
   * @param overGroups whether it is one for all groups that are trained at the update
   */
  record ToScalar(Kind kind, Granularity granularity, Expression of, int scalar, boolean overGroups)
      implements Reduction {}

  /**
   * A result for each row or column. The numbers wait in an array until all are known.
   *
   * @param kind which
   * @param granularity {@link Granularity#ROW} or {@link Granularity#COLUMN}
   * @param of the numbers, one for each weight
   * @param terms the array where they wait
   * @param array receives the results
   */
  record ToArray(Kind kind, Granularity granularity, Expression of, int terms, int array)
      implements Reduction {}

  /** How several numbers become one. */
  enum Kind {
    /** Their sum. */
    SUM,
    /** The largest; NaN if there is one among them. */
    MAX;

    /**
     * The result for no numbers.
     *
     * @return 0, or negative infinity
     */
    public double initial() {
      return this == SUM ? 0 : Double.NEGATIVE_INFINITY;
    }

    /**
     * The result for two numbers.
     *
     * @param a one
     * @param b the other
     * @return their sum or the larger
     */
    public double of(double a, double b) {
      return this == SUM ? a + b : Math.max(a, b);
    }
  }
}
