package dev.anneal.api.expression;

import java.util.List;

/**
 * A number in an elementwise formula, written once and compiled to a fused vector loop, its scalar
 * reference and a double-precision version.
 *
 * <p>An expression is over the elements of some arrays ({@link Operand}), over numbers that are the
 * same for all elements ({@link Scalar}) and over constants. Sharing an expression shares its
 * value: {@code var g = ...; g.times(g)} computes {@code g} once. So expressions are graphs, and as
 * trees they may be too large to walk: see {@link ExpressionGraph}. Two are equal that are written
 * the same, whatever they share. Expressions that read no element are evaluated once per call, in
 * double precision, and rounded to float where an element meets them.
 *
 * <p>All float arithmetic rounds to nearest even after each operation; {@link #fma} rounds once.
 * {@link #exp}, {@link #log}, {@link #log1p} and {@link #tanh} are polynomials of this library in
 * float (bounds in PRECISION.md) and {@link StrictMath} in double.
 */
public sealed interface Expression {

  /**
   * The element of an array at the index that the loop is at.
   *
   * @param array which array of the formula
   */
  record Operand(int array) implements Expression {}

  /**
   * A number that is the same for all elements of a call.
   *
   * @param index which scalar of the formula
   */
  record Scalar(int index) implements Expression {}

  /**
   * A fixed number.
   *
   * @param value the number
   */
  record Constant(double value) implements Expression {}

  /**
   * A function of one expression.
   *
   * @param function which
   * @param of its argument
   */
  record Unary(UnaryFunction function, Expression of) implements Expression {
    @Override
    public boolean equals(Object other) {
      return this == other || ExpressionGraph.same(this, other);
    }

    @Override
    public int hashCode() {
      return ExpressionGraph.hash(this);
    }

    @Override
    public String toString() {
      return ExpressionGraph.text(this);
    }
  }

  /**
   * A function of two expressions.
   *
   * @param function which
   * @param left its first argument
   * @param right its second argument
   */
  record Binary(BinaryFunction function, Expression left, Expression right) implements Expression {
    @Override
    public boolean equals(Object other) {
      return this == other || ExpressionGraph.same(this, other);
    }

    @Override
    public int hashCode() {
      return ExpressionGraph.hash(this);
    }

    @Override
    public String toString() {
      return ExpressionGraph.text(this);
    }
  }

  /**
   * {@code factor * other + addend}, rounded once.
   *
   * @param factor a factor
   * @param other the other factor
   * @param addend what is added
   */
  record Fma(Expression factor, Expression other, Expression addend) implements Expression {
    @Override
    public boolean equals(Object other) {
      return this == other || ExpressionGraph.same(this, other);
    }

    @Override
    public int hashCode() {
      return ExpressionGraph.hash(this);
    }

    @Override
    public String toString() {
      return ExpressionGraph.text(this);
    }
  }

  /**
   * {@code left < right ? then : otherwise}; {@code otherwise} where either side is NaN.
   *
   * @param left the smaller side
   * @param right the larger side
   * @param then the value where the comparison holds
   * @param otherwise the value elsewhere
   */
  record IfLess(Expression left, Expression right, Expression then, Expression otherwise)
      implements Expression {
    @Override
    public boolean equals(Object other) {
      return this == other || ExpressionGraph.same(this, other);
    }

    @Override
    public int hashCode() {
      return ExpressionGraph.hash(this);
    }

    @Override
    public String toString() {
      return ExpressionGraph.text(this);
    }
  }

  /**
   * The expressions that this one is computed from.
   *
   * @return none for an operand, a scalar and a constant
   */
  default List<Expression> operands() {
    return switch (this) {
      case Operand _, Scalar _, Constant _ -> List.of();
      case Unary(_, Expression of) -> List.of(of);
      case Binary(_, Expression left, Expression right) -> List.of(left, right);
      case Fma(Expression factor, Expression other, Expression addend) ->
          List.of(factor, other, addend);
      case IfLess(Expression left, Expression right, Expression then, Expression otherwise) ->
          List.of(left, right, then, otherwise);
    };
  }

  /** Functions of one expression. */
  enum UnaryFunction {
    /** {@code -x}. */
    NEGATE,
    /** {@code |x|}. */
    ABS,
    /** The square root, correctly rounded. */
    SQRT,
    /** e to the power x. */
    EXP,
    /** The natural logarithm. */
    LOG,
    /** {@code log(1 + x)} without loss for small x. */
    LOG1P,
    /** The hyperbolic tangent. */
    TANH,
    /** The logistic function {@code 1 / (1 + e^-x)}. */
    SIGMOID,
    /** {@code log(1 + e^x)} without overflow. */
    SOFTPLUS
  }

  /** Functions of two expressions. */
  enum BinaryFunction {
    /** The sum. */
    ADD,
    /** The difference. */
    SUBTRACT,
    /** The product. */
    MULTIPLY,
    /** The quotient, correctly rounded. */
    DIVIDE,
    /** The larger, as {@link Math#max(float, float)}: NaN if either is. */
    MAX,
    /** The smaller, as {@link Math#min(float, float)}: NaN if either is. */
    MIN,
    /** A power; of scalars only, so that it is computed once per call. */
    POWER
  }

  /**
   * A constant.
   *
   * @param value the number
   * @return the expression
   */
  static Expression of(double value) {
    return new Constant(value);
  }

  /**
   * The sum.
   *
   * @param other the addend
   * @return {@code this + other}
   */
  default Expression plus(Expression other) {
    return new Binary(BinaryFunction.ADD, this, other);
  }

  /**
   * The sum with a constant.
   *
   * @param other the addend
   * @return {@code this + other}
   */
  default Expression plus(double other) {
    return plus(of(other));
  }

  /**
   * The difference.
   *
   * @param other what is taken away
   * @return {@code this - other}
   */
  default Expression minus(Expression other) {
    return new Binary(BinaryFunction.SUBTRACT, this, other);
  }

  /**
   * The product.
   *
   * @param other the factor
   * @return {@code this * other}
   */
  default Expression times(Expression other) {
    return new Binary(BinaryFunction.MULTIPLY, this, other);
  }

  /**
   * The product with a constant.
   *
   * @param other the factor
   * @return {@code this * other}
   */
  default Expression times(double other) {
    return times(of(other));
  }

  /**
   * The quotient.
   *
   * @param other the divisor
   * @return {@code this / other}
   */
  default Expression dividedBy(Expression other) {
    return new Binary(BinaryFunction.DIVIDE, this, other);
  }

  /**
   * Product and sum, rounded once.
   *
   * @param factor the factor
   * @param addend the addend
   * @return {@code this * factor + addend}
   */
  default Expression fma(Expression factor, Expression addend) {
    return new Fma(this, factor, addend);
  }

  /**
   * A power of a scalar.
   *
   * @param exponent the exponent, a scalar too
   * @return {@code this ^ exponent}
   */
  default Expression power(Expression exponent) {
    return new Binary(BinaryFunction.POWER, this, exponent);
  }

  /**
   * A power with a fixed exponent. Whole ones are products, and 0.5 is the square root; any other
   * is {@code e ^ (exponent ln(this))}, and NaN where this is negative.
   *
   * @param exponent the exponent
   * @return {@code this ^ exponent}
   */
  default Expression power(double exponent) {
    if (exponent < 0) {
      return of(1).dividedBy(power(-exponent));
    }
    if (exponent == 0.5) {
      return sqrt();
    }
    if (exponent != (int) exponent) {
      return log().times(exponent).exp();
    }
    if (exponent <= 1) {
      return exponent == 0 ? of(1) : this;
    }
    int half = (int) exponent / 2;
    Expression root = power(half);
    Expression square = root.times(root);
    return exponent % 2 == 0 ? square : square.times(this);
  }

  /**
   * The larger of two.
   *
   * @param other the other
   * @return {@code max(this, other)}
   */
  default Expression max(Expression other) {
    return new Binary(BinaryFunction.MAX, this, other);
  }

  /**
   * The smaller of two.
   *
   * @param other the other
   * @return {@code min(this, other)}
   */
  default Expression min(Expression other) {
    return new Binary(BinaryFunction.MIN, this, other);
  }

  /**
   * One of two values, by comparison.
   *
   * @param bound what this is compared with
   * @param then the value where {@code this < bound}
   * @param otherwise the value elsewhere, and for NaN
   * @return the chosen value
   */
  default Expression ifLess(Expression bound, Expression then, Expression otherwise) {
    return new IfLess(this, bound, then, otherwise);
  }

  /**
   * The opposite.
   *
   * @return {@code -this}
   */
  default Expression negate() {
    return new Unary(UnaryFunction.NEGATE, this);
  }

  /**
   * The magnitude.
   *
   * @return {@code |this|}
   */
  default Expression abs() {
    return new Unary(UnaryFunction.ABS, this);
  }

  /**
   * The square root.
   *
   * @return {@code sqrt(this)}
   */
  default Expression sqrt() {
    return new Unary(UnaryFunction.SQRT, this);
  }

  /**
   * The exponential.
   *
   * @return {@code e ^ this}
   */
  default Expression exp() {
    return new Unary(UnaryFunction.EXP, this);
  }

  /**
   * The natural logarithm.
   *
   * @return {@code ln(this)}
   */
  default Expression log() {
    return new Unary(UnaryFunction.LOG, this);
  }

  /**
   * The logarithm of one plus this.
   *
   * @return {@code ln(1 + this)}
   */
  default Expression log1p() {
    return new Unary(UnaryFunction.LOG1P, this);
  }

  /**
   * The hyperbolic tangent.
   *
   * @return {@code tanh(this)}
   */
  default Expression tanh() {
    return new Unary(UnaryFunction.TANH, this);
  }

  /**
   * The logistic function.
   *
   * @return {@code 1 / (1 + e^-this)}
   */
  default Expression sigmoid() {
    return new Unary(UnaryFunction.SIGMOID, this);
  }

  /**
   * A smooth maximum of this and 0.
   *
   * @return {@code ln(1 + e^this)}
   */
  default Expression softplus() {
    return new Unary(UnaryFunction.SOFTPLUS, this);
  }
}
