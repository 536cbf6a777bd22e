package dev.anneal.testkit;

import dev.anneal.api.expression.Expression;
import dev.anneal.core.kernel.KernelSpec;
import java.util.IdentityHashMap;
import java.util.Random;

/**
 * A formula each of whose operations on elements is off by the same part of its result, up or down.
 * What is the same for all elements is computed in double precision and rounded once: it is off
 * once.
 */
final class Perturbation {
  private final double error;
  private final Random random;
  private final IdentityHashMap<Expression, Expression> done = new IdentityHashMap<>();
  private final IdentityHashMap<Expression, Boolean> reads = new IdentityHashMap<>();

  private Perturbation(double error, Random random) {
    this.error = error;
    this.random = random;
  }

  static KernelSpec of(KernelSpec spec, double error, Random random) {
    Perturbation perturbation = new Perturbation(error, random);
    return new KernelSpec(
        spec.arrays(),
        spec.scalars(),
        spec.outputs().stream()
            .map(each -> new KernelSpec.Output(each.array(), perturbation.apply(each.value())))
            .toList());
  }

  private Expression apply(Expression expression) {
    Expression known = done.get(expression);
    if (known == null) {
      known =
          readsElements(expression)
              ? rule(expression)
              : isFloat(expression) ? expression : off(expression);
      done.put(expression, known);
    }
    return known;
  }

  private static boolean isFloat(Expression expression) {
    return expression instanceof Expression.Constant(double value) && (float) value == value;
  }

  private boolean readsElements(Expression expression) {
    Boolean known = reads.get(expression);
    if (known == null) {
      known =
          expression instanceof Expression.Operand
              || expression.operands().stream().anyMatch(this::readsElements);
      reads.put(expression, known);
    }
    return known;
  }

  private Expression rule(Expression expression) {
    return switch (expression) {
      case Expression.Operand _, Expression.Scalar _, Expression.Constant _ -> expression;
      case Expression.IfLess(
              Expression left,
              Expression right,
              Expression then,
              Expression otherwise) ->
          new Expression.IfLess(apply(left), apply(right), apply(then), apply(otherwise));
      case Expression.Unary(Expression.UnaryFunction function, Expression of) ->
          off(new Expression.Unary(function, apply(of)));
      case Expression.Binary(
              Expression.BinaryFunction function,
              Expression left,
              Expression right) ->
          off(new Expression.Binary(function, apply(left), apply(right)));
      case Expression.Fma(Expression factor, Expression other, Expression addend) ->
          off(new Expression.Fma(apply(factor), apply(other), apply(addend)));
    };
  }

  private Expression off(Expression expression) {
    return expression.times(1 + (random.nextBoolean() ? error : -error));
  }
}
