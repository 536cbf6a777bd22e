package dev.anneal.nn.graph;

import dev.anneal.api.expression.Expression;
import java.util.IdentityHashMap;

/** Differentiation of formulas. Shared parts stay shared. */
final class Expressions {
  static final Expression ZERO = Expression.of(0);
  static final Expression ONE = Expression.of(1);

  private Expressions() {}

  /** How many nodes the formula has, written out as a tree; counting stops at {@code limit}. */
  static int size(Expression expression, int limit) {
    if (limit <= 0) {
      return 1;
    }
    int left = limit - 1;
    return 1
        + switch (expression) {
          case Expression.Operand _, Expression.Scalar _, Expression.Constant _ -> 0;
          case Expression.Unary(_, Expression of) -> size(of, left);
          case Expression.Binary(_, Expression a, Expression b) -> size(left, a, b);
          case Expression.Fma(Expression a, Expression b, Expression c) -> size(left, a, b, c);
          case Expression.IfLess(Expression a, Expression b, Expression c, Expression d) ->
              size(left, a, b, c, d);
        };
  }

  private static int size(int limit, Expression... expressions) {
    int sum = 0;
    for (Expression expression : expressions) {
      sum += size(expression, limit - sum);
    }
    return sum;
  }

  /**
   * The derivative with respect to an element; {@link #ZERO} where the formula does not depend on
   * it.
   */
  static Expression derivative(Expression expression, int element) {
    return new Derivative(element, new IdentityHashMap<>()).of(expression);
  }

  private record Derivative(int element, IdentityHashMap<Expression, Expression> done) {
    Expression of(Expression expression) {
      Expression known = done.get(expression);
      if (known == null) {
        known = rule(expression);
        done.put(expression, known);
      }
      return known;
    }

    private Expression rule(Expression y) {
      return switch (y) {
        case Expression.Operand(int array) -> array == element ? ONE : ZERO;
        case Expression.Scalar _, Expression.Constant _ -> ZERO;
        case Expression.Unary(Expression.UnaryFunction function, Expression x) -> {
          Expression dx = of(x);
          yield dx.equals(ZERO) ? ZERO : unary(function, x, dx, y);
        }
        case Expression.Binary(Expression.BinaryFunction function, Expression a, Expression b) ->
            binary(function, a, b, y);
        case Expression.Fma(Expression a, Expression b, Expression c) ->
            plus(plus(times(of(a), b), times(of(b), a)), of(c));
        case Expression.IfLess(Expression a, Expression b, Expression then, Expression otherwise) ->
            choose(a, b, of(then), of(otherwise));
      };
    }

    private static Expression unary(
        Expression.UnaryFunction function, Expression x, Expression dx, Expression y) {
      return switch (function) {
        case NEGATE -> dx.negate();
        case ABS -> choose(x, ZERO, dx.negate(), choose(ZERO, x, dx, ZERO));
        case SQRT -> dx.dividedBy(y.plus(y));
        case EXP -> times(dx, y);
        case LOG -> dx.dividedBy(x);
        case LOG1P -> dx.dividedBy(x.plus(ONE));
        case TANH -> times(dx, ONE.minus(y.times(y)));
        case SIGMOID -> times(dx, y.times(ONE.minus(y)));
        case SOFTPLUS -> times(dx, x.sigmoid());
      };
    }

    private Expression binary(
        Expression.BinaryFunction function, Expression a, Expression b, Expression y) {
      Expression da = of(a);
      Expression db = of(b);
      if (da.equals(ZERO) && db.equals(ZERO)) {
        return ZERO;
      }
      return switch (function) {
        case ADD -> plus(da, db);
        case SUBTRACT -> minus(da, db);
        case MULTIPLY -> plus(times(da, b), times(db, a));
        case DIVIDE -> minus(over(da, b), over(times(db, y), b));
        // Through the result y, which is kept anyway, where the other side is constant: max(a, 0)
        // needs no a.
        case MAX ->
            b instanceof Expression.Constant ? choose(b, y, da, ZERO) : choose(b, a, da, db);
        case MIN ->
            b instanceof Expression.Constant ? choose(y, b, da, ZERO) : choose(a, b, da, db);
        case POWER -> throw new IllegalArgumentException("power is for scalars only");
      };
    }

    private static Expression choose(
        Expression a, Expression b, Expression then, Expression otherwise) {
      return then.equals(ZERO) && otherwise.equals(ZERO) ? ZERO : a.ifLess(b, then, otherwise);
    }

    private static Expression plus(Expression a, Expression b) {
      return a.equals(ZERO) ? b : b.equals(ZERO) ? a : a.plus(b);
    }

    private static Expression minus(Expression a, Expression b) {
      return b.equals(ZERO) ? a : a.equals(ZERO) ? b.negate() : a.minus(b);
    }

    private static Expression over(Expression a, Expression b) {
      return a.equals(ZERO) ? ZERO : a.dividedBy(b);
    }
  }

  /** The product, without the factors 0 and 1. */
  static Expression times(Expression a, Expression b) {
    if (a.equals(ZERO) || b.equals(ZERO)) {
      return ZERO;
    }
    return a.equals(ONE) ? b : b.equals(ONE) ? a : a.times(b);
  }
}
