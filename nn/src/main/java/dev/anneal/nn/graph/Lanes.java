package dev.anneal.nn.graph;

import dev.anneal.core.lane.Lane;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.function.Function;

/** Rewriting and differentiation of formulas. Shared parts stay shared. */
final class Lanes {
  static final Lane ZERO = Lane.of(0);
  static final Lane ONE = Lane.of(1);

  private Lanes() {}

  /**
   * Replaces parts of a formula.
   *
   * @param lane the formula
   * @param replacement what to put in the place of a part, where it says so; what it returns is not
   *     looked into again
   */
  static Lane replace(Lane lane, Function<Lane, Optional<Lane>> replacement) {
    return new Replacement(replacement, new IdentityHashMap<>()).apply(lane);
  }

  private record Replacement(
      Function<Lane, Optional<Lane>> rule, IdentityHashMap<Lane, Lane> done) {
    Lane apply(Lane lane) {
      Lane known = done.get(lane);
      if (known == null) {
        known = rule.apply(lane).orElseGet(() -> descend(lane));
        done.put(lane, known);
      }
      return known;
    }

    private Lane descend(Lane lane) {
      return switch (lane) {
        case Lane.Element _, Lane.Uniform _, Lane.Constant _ -> lane;
        case Lane.Unary(Lane.Function1 function, Lane of) -> new Lane.Unary(function, apply(of));
        case Lane.Binary(Lane.Function2 function, Lane left, Lane right) ->
            new Lane.Binary(function, apply(left), apply(right));
        case Lane.Fma(Lane factor, Lane other, Lane addend) ->
            new Lane.Fma(apply(factor), apply(other), apply(addend));
        case Lane.IfLess(Lane left, Lane right, Lane then, Lane otherwise) ->
            new Lane.IfLess(apply(left), apply(right), apply(then), apply(otherwise));
      };
    }
  }

  /** How many nodes the formula has, written out as a tree; counting stops at {@code limit}. */
  static int size(Lane lane, int limit) {
    if (limit <= 0) {
      return 1;
    }
    int left = limit - 1;
    return 1
        + switch (lane) {
          case Lane.Element _, Lane.Uniform _, Lane.Constant _ -> 0;
          case Lane.Unary(_, Lane of) -> size(of, left);
          case Lane.Binary(_, Lane a, Lane b) -> size(left, a, b);
          case Lane.Fma(Lane a, Lane b, Lane c) -> size(left, a, b, c);
          case Lane.IfLess(Lane a, Lane b, Lane c, Lane d) -> size(left, a, b, c, d);
        };
  }

  private static int size(int limit, Lane... lanes) {
    int sum = 0;
    for (Lane lane : lanes) {
      sum += size(lane, limit - sum);
    }
    return sum;
  }

  /**
   * The derivative with respect to an element; {@link #ZERO} where the formula does not depend on
   * it.
   */
  static Lane derivative(Lane lane, int element) {
    return new Derivative(element, new IdentityHashMap<>()).of(lane);
  }

  private record Derivative(int element, IdentityHashMap<Lane, Lane> done) {
    Lane of(Lane lane) {
      Lane known = done.get(lane);
      if (known == null) {
        known = rule(lane);
        done.put(lane, known);
      }
      return known;
    }

    private Lane rule(Lane y) {
      return switch (y) {
        case Lane.Element(int array) -> array == element ? ONE : ZERO;
        case Lane.Uniform _, Lane.Constant _ -> ZERO;
        case Lane.Unary(Lane.Function1 function, Lane x) -> {
          Lane dx = of(x);
          yield dx.equals(ZERO) ? ZERO : unary(function, x, dx, y);
        }
        case Lane.Binary(Lane.Function2 function, Lane a, Lane b) -> binary(function, a, b, y);
        case Lane.Fma(Lane a, Lane b, Lane c) ->
            plus(plus(times(of(a), b), times(of(b), a)), of(c));
        case Lane.IfLess(Lane a, Lane b, Lane then, Lane otherwise) ->
            choose(a, b, of(then), of(otherwise));
      };
    }

    private static Lane unary(Lane.Function1 function, Lane x, Lane dx, Lane y) {
      return switch (function) {
        case NEGATE -> dx.negate();
        case ABS -> choose(x, ZERO, dx.negate(), choose(ZERO, x, dx, ZERO));
        case SQRT -> dx.over(y.plus(y));
        case EXP -> times(dx, y);
        case LOG -> dx.over(x);
        case LOG1P -> dx.over(x.plus(ONE));
        case TANH -> times(dx, ONE.minus(y.times(y)));
        case SIGMOID -> times(dx, y.times(ONE.minus(y)));
        case SOFTPLUS -> times(dx, x.sigmoid());
      };
    }

    private Lane binary(Lane.Function2 function, Lane a, Lane b, Lane y) {
      Lane da = of(a);
      Lane db = of(b);
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
        case MAX -> b instanceof Lane.Constant ? choose(b, y, da, ZERO) : choose(b, a, da, db);
        case MIN -> b instanceof Lane.Constant ? choose(y, b, da, ZERO) : choose(a, b, da, db);
        case POWER -> throw new IllegalArgumentException("power is for uniforms only");
      };
    }

    private static Lane choose(Lane a, Lane b, Lane then, Lane otherwise) {
      return then.equals(ZERO) && otherwise.equals(ZERO) ? ZERO : a.ifLess(b, then, otherwise);
    }

    private static Lane plus(Lane a, Lane b) {
      return a.equals(ZERO) ? b : b.equals(ZERO) ? a : a.plus(b);
    }

    private static Lane minus(Lane a, Lane b) {
      return b.equals(ZERO) ? a : a.equals(ZERO) ? b.negate() : a.minus(b);
    }

    private static Lane over(Lane a, Lane b) {
      return a.equals(ZERO) ? ZERO : a.over(b);
    }
  }

  /** The product, without the factors 0 and 1. */
  static Lane times(Lane a, Lane b) {
    if (a.equals(ZERO) || b.equals(ZERO)) {
      return ZERO;
    }
    return a.equals(ONE) ? b : b.equals(ONE) ? a : a.times(b);
  }
}
