package dev.anneal.core.kernel;

import dev.anneal.core.internal.codegen.Uniforms;
import dev.anneal.core.lane.Lane;

/** Evaluates a lane by walking the expression, in double precision: the oracle of the kernels. */
final class Interpreter {
  private final double[] elements;
  private final double[] uniforms;

  Interpreter(double[] elements, double[] uniforms) {
    this.elements = elements;
    this.uniforms = uniforms;
  }

  double value(Lane lane) {
    return switch (lane) {
      case Lane.Element(int array) -> elements[array];
      case Lane.Uniform(int index) -> uniforms[index];
      case Lane.Constant(double value) -> value;
      case Lane.Unary(Lane.Function1 function, Lane of) -> unary(function, value(of));
      case Lane.Binary(Lane.Function2 function, Lane left, Lane right) ->
          binary(function, value(left), value(right));
      case Lane.Fma(Lane factor, Lane other, Lane addend) ->
          Math.fma(value(factor), value(other), value(addend));
      case Lane.IfLess(Lane left, Lane right, Lane then, Lane otherwise) ->
          value(value(left) < value(right) ? then : otherwise);
    };
  }

  static double unary(Lane.Function1 function, double x) {
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

  static double binary(Lane.Function2 function, double x, double y) {
    return switch (function) {
      case ADD -> x + y;
      case SUBTRACT -> x - y;
      case MULTIPLY -> x * y;
      case DIVIDE -> x / y;
      case MAX -> Math.max(x, y);
      case MIN -> Math.min(x, y);
      // Computed before all elements, within an ulp of its own: see PowerTest.
      case POWER -> Uniforms.evaluate(Lane.of(x).power(Lane.of(y)), new double[0]);
    };
  }
}
