package dev.anneal.core.internal.codegen;

import dev.anneal.core.lane.Lane;
import dev.anneal.core.schedule.Precise;

/**
 * Evaluates the parts of a formula that are the same for all elements: once per call, in double
 * precision, by walking the expression.
 */
public final class Uniforms {
  private Uniforms() {}

  /**
   * Evaluates an expression.
   *
   * @param lane reads no element
   * @param uniforms what it reads
   * @return its value
   */
  public static double evaluate(Lane lane, double[] uniforms) {
    return switch (lane) {
      case Lane.Uniform(int index) -> uniforms[index];
      case Lane.Constant(double value) -> value;
      case Lane.Unary(Lane.Function1 function, Lane of) -> unary(function, evaluate(of, uniforms));
      case Lane.Binary(Lane.Function2 function, Lane left, Lane right) ->
          binary(function, evaluate(left, uniforms), evaluate(right, uniforms));
      case Lane.Fma(Lane factor, Lane other, Lane addend) ->
          Math.fma(
              evaluate(factor, uniforms), evaluate(other, uniforms), evaluate(addend, uniforms));
      case Lane.IfLess(Lane left, Lane right, Lane then, Lane otherwise) ->
          evaluate(left, uniforms) < evaluate(right, uniforms)
              ? evaluate(then, uniforms)
              : evaluate(otherwise, uniforms);
      case Lane.Element _ -> throw new AssertionError("an element is not uniform");
    };
  }

  private static double unary(Lane.Function1 function, double x) {
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

  private static double binary(Lane.Function2 function, double x, double y) {
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
    return usual ? Precise.power(1, 0, x, y) : StrictMath.pow(x, y);
  }
}
