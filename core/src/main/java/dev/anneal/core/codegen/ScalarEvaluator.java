package dev.anneal.core.codegen;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.expression.ExpressionGraph;
import dev.anneal.api.numeric.DoubleDouble;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Evaluates expressions that read no element, in double precision, each of their parts once: those
 * too that a comparison does not choose, for to find out would cost more. It keeps the values of
 * the parts: one evaluator is for one thread at a time.
 */
public final class ScalarEvaluator {
  /** Of all parts; those of constants are there from the start. */
  private final double[] values;

  // The scalars read, most often all there is to do: which parts they are, and which scalars.
  private final int[] read;
  private final int[] scalar;

  // What to compute, operands first: which parts, what they are, and the numbers of their operands.
  private final int[] steps;
  private final Expression[] parts;
  private final int[][] operands;

  private final int[] roots;

  /**
   * Makes ready to evaluate some expressions.
   *
   * @param expressions read no element
   */
  public ScalarEvaluator(List<Expression> expressions) {
    this(ExpressionGraph.of(expressions));
  }

  ScalarEvaluator(ExpressionGraph graph) {
    if (IntStream.range(0, graph.size())
        .anyMatch(part -> graph.part(part) instanceof Expression.Operand)) {
      throw new IllegalArgumentException("an element is not scalar");
    }
    values =
        IntStream.range(0, graph.size())
            .mapToDouble(
                part -> graph.part(part) instanceof Expression.Constant(double value) ? value : 0)
            .toArray();
    read =
        IntStream.range(0, graph.size())
            .filter(part -> graph.part(part) instanceof Expression.Scalar)
            .toArray();
    scalar =
        Arrays.stream(read).map(part -> ((Expression.Scalar) graph.part(part)).index()).toArray();
    steps =
        IntStream.range(0, graph.size()).filter(part -> !graph.operands(part).isEmpty()).toArray();
    parts = Arrays.stream(steps).mapToObj(graph::part).toArray(Expression[]::new);
    operands =
        Arrays.stream(steps).mapToObj(part -> numbers(graph.operands(part))).toArray(int[][]::new);
    roots = numbers(graph.roots());
  }

  private static int[] numbers(List<Integer> list) {
    return list.stream().mapToInt(i -> i).toArray();
  }

  /**
   * Evaluates all expressions. Allocates nothing.
   *
   * @param scalars what they read
   * @param results receives their values
   */
  public void evaluate(double[] scalars, double[] results) {
    for (int i = 0; i < read.length; i++) {
      values[read[i]] = scalars[scalar[i]];
    }
    for (int i = 0; i < steps.length; i++) {
      values[steps[i]] = value(parts[i], operands[i]);
    }
    for (int i = 0; i < roots.length; i++) {
      results[i] = values[roots[i]];
    }
  }

  private double value(Expression part, int[] of) {
    return switch (part) {
      case Expression.Unary(Expression.UnaryFunction function, _) -> unary(function, values[of[0]]);
      case Expression.Binary(Expression.BinaryFunction function, _, _) ->
          binary(function, values[of[0]], values[of[1]]);
      case Expression.Fma _ -> Math.fma(values[of[0]], values[of[1]], values[of[2]]);
      case Expression.IfLess _ -> values[of[0]] < values[of[1]] ? values[of[2]] : values[of[3]];
      case Expression.Operand _, Expression.Scalar _, Expression.Constant _ ->
          throw new AssertionError(part);
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
