package dev.anneal.core.codegen;

import dev.anneal.api.expression.Expression;
import java.util.List;

/**
 * Evaluates an expression by walking the expression, in double precision: the oracle of the
 * kernels.
 */
final class ExpressionInterpreter {
  private final double[] elements;
  private final double[] scalars;

  ExpressionInterpreter(double[] elements, double[] scalars) {
    this.elements = elements;
    this.scalars = scalars;
  }

  double value(Expression expression) {
    return switch (expression) {
      case Expression.Operand(int array) -> elements[array];
      case Expression.Scalar(int index) -> scalars[index];
      case Expression.Constant(double value) -> value;
      case Expression.Unary(Expression.UnaryFunction function, Expression of) ->
          unary(function, value(of));
      case Expression.Binary(
              Expression.BinaryFunction function,
              Expression left,
              Expression right) ->
          binary(function, value(left), value(right));
      case Expression.Fma(Expression factor, Expression other, Expression addend) ->
          Math.fma(value(factor), value(other), value(addend));
      case Expression.IfLess(
              Expression left,
              Expression right,
              Expression then,
              Expression otherwise) ->
          value(value(left) < value(right) ? then : otherwise);
    };
  }

  static double unary(Expression.UnaryFunction function, double x) {
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

  static double binary(Expression.BinaryFunction function, double x, double y) {
    return switch (function) {
      case ADD -> x + y;
      case SUBTRACT -> x - y;
      case MULTIPLY -> x * y;
      case DIVIDE -> x / y;
      case MAX -> Math.max(x, y);
      case MIN -> Math.min(x, y);
      // Computed before all elements, within an ulp of its own: see PowerTest.
      case POWER -> {
        double[] result = new double[1];
        new ScalarEvaluator(List.of(Expression.of(x).power(Expression.of(y))))
            .evaluate(new double[0], result);
        yield result[0];
      }
    };
  }
}
