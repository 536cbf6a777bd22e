package dev.anneal.core.codegen;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.numeric.DoubleDouble;

/**
 * Evaluates the parts of a formula that are the same for all elements: once per call, in double
 * precision, by walking the expression.
 */
public final class ScalarEvaluator {
  private ScalarEvaluator() {}

  /**
   * Evaluates an expression.
   *
   * @param expression reads no element
   * @param scalars what it reads
   * @return its value
   */
  public static double evaluate(Expression expression, double[] scalars) {
    return switch (expression) {
      case Expression.Scalar(int index) -> scalars[index];
      case Expression.Constant(double value) -> value;
      case Expression.Unary(Expression.UnaryFunction function, Expression of) ->
          unary(function, evaluate(of, scalars));
      case Expression.Binary(
              Expression.BinaryFunction function,
              Expression left,
              Expression right) ->
          binary(function, evaluate(left, scalars), evaluate(right, scalars));
      case Expression.Fma(Expression factor, Expression other, Expression addend) ->
          Math.fma(evaluate(factor, scalars), evaluate(other, scalars), evaluate(addend, scalars));
      case Expression.IfLess(
              Expression left,
              Expression right,
              Expression then,
              Expression otherwise) ->
          evaluate(left, scalars) < evaluate(right, scalars)
              ? evaluate(then, scalars)
              : evaluate(otherwise, scalars);
      case Expression.Operand _ -> throw new AssertionError("an element is not scalar");
    };
  }

  private static double unary(Expression.UnaryFunction function, double x) {
    return switch (function) {
      case NEGATE -> -x;
      case ABS -> Math.abs(x);
      case SQRT -> Math.sqrt(x);
      case EXP -> StrictMath.exp(x);
      case LOG -> StrictMath.log(x);
      case LOG1P -> StrictMath.log1p(x);
      case TANH -> StrictMath.tanh(x);
      case SIGMOID -> 1 / (1 + StrictMath.exp(-x));
      case SOFTPLUS -> Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
    };
  }

  private static double binary(Expression.BinaryFunction function, double x, double y) {
    return switch (function) {
      case ADD -> x + y;
      case SUBTRACT -> x - y;
      case MULTIPLY -> x * y;
      case DIVIDE -> x / y;
      case MAX -> Math.max(x, y);
      case MIN -> Math.min(x, y);
      case POWER -> power(x, y);
    };
  }

  /**
   * Within an ulp. StrictMath makes arrays for a power until the JIT has compiled it; it is left
   * what is no power of a positive number, may be beyond all numbers, or divides.
   */
  private static double power(double x, double y) {
    boolean usual =
        x > 0
            && x < Double.POSITIVE_INFINITY
            && y >= 0
            && (Math.getExponent(x) + 1) * y <= Double.MAX_EXPONENT;
    return usual ? DoubleDouble.power(1, 0, x, y) : StrictMath.pow(x, y);
  }
}
