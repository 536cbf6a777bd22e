package dev.anneal.core.codegen;

import dev.anneal.api.expression.Expression;
import dev.anneal.core.kernel.KernelSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * A formula as a straight list of primitive operations, each value computed once. Parts that read
 * no element are set aside as {@link #prepared} expressions; in single precision the transcendental
 * functions are expanded to polynomials.
 */
final class LoweredKernel {
  /** Primitive operations. All but the last group exist in every target. */
  enum Op {
    NEGATE,
    ABS,
    SQRT,
    ADD,
    SUBTRACT,
    MULTIPLY,
    DIVIDE,
    MAX,
    MIN,
    FMA,
    IF_LESS,
    /**
     * {@code 2^(n-1)} for {@code x = n + 1.5 * 2^23}: n stands in the lowest bits of such a float.
     */
    HALF_POWER_OF_TWO,
    /**
     * The exponent k of {@code x = m * 2^k} with m from about 0.7 to 1.4, for positive normal x.
     */
    EXPONENT,
    /** The m of {@link #EXPONENT}. */
    MANTISSA,
    /** Double precision only. */
    EXP,
    LOG,
    LOG1P,
    TANH
  }

  /** One value of the list. */
  sealed interface Value {
    record Load(int array) implements Value {}

    record Prepared(int index) implements Value {}

    record Constant(double value) implements Value {}

    record Apply(Op op, List<Integer> arguments) implements Value {}
  }

  /** A value to store. */
  record Store(int array, int value) {}

  final List<Value> values = new ArrayList<>();
  final List<Store> stores = new ArrayList<>();
  final List<Expression> prepared = new ArrayList<>();

  private final boolean expand;
  private final IdentityHashMap<Expression, Integer> numberOf = new IdentityHashMap<>();
  private final IdentityHashMap<Expression, Boolean> readsElements = new IdentityHashMap<>();
  private final Map<Value, Integer> known = new HashMap<>();

  private LoweredKernel(boolean expand) {
    this.expand = expand;
  }

  /**
   * Lowers a formula.
   *
   * @param expand whether transcendental functions become polynomials in single precision
   */
  static LoweredKernel of(KernelSpec spec, boolean expand) {
    LoweredKernel lowered = new LoweredKernel(expand);
    for (KernelSpec.Output output : spec.outputs()) {
      lowered.stores.add(new Store(output.array(), lowered.lower(output.value())));
    }
    return lowered;
  }

  private int lower(Expression expression) {
    Integer number = numberOf.get(expression);
    if (number == null) {
      number = readsElements(expression) ? lowerElementwise(expression) : lowerScalar(expression);
      numberOf.put(expression, number);
    }
    return number;
  }

  private int lowerScalar(Expression expression) {
    if (expression instanceof Expression.Constant(double value)) {
      return value(new Value.Constant(value));
    }
    prepared.add(expression);
    return value(new Value.Prepared(prepared.size() - 1));
  }

  private int lowerElementwise(Expression expression) {
    return switch (expression) {
      case Expression.Operand(int array) -> value(new Value.Load(array));
      case Expression.Unary(Expression.UnaryFunction function, Expression of) ->
          unary(function, lower(of));
      case Expression.Binary(
              Expression.BinaryFunction function,
              Expression left,
              Expression right) ->
          apply(binary(function), lower(left), lower(right));
      case Expression.Fma(Expression factor, Expression other, Expression addend) ->
          apply(Op.FMA, lower(factor), lower(other), lower(addend));
      case Expression.IfLess(
              Expression left,
              Expression right,
              Expression then,
              Expression otherwise) ->
          apply(Op.IF_LESS, lower(left), lower(right), lower(then), lower(otherwise));
      case Expression.Scalar _, Expression.Constant _ -> throw new AssertionError(expression);
    };
  }

  private boolean readsElements(Expression expression) {
    Boolean reads = readsElements.get(expression);
    if (reads == null) {
      reads =
          switch (expression) {
            case Expression.Operand _ -> true;
            case Expression.Scalar _, Expression.Constant _ -> false;
            case Expression.Unary(_, Expression of) -> readsElements(of);
            case Expression.Binary(_, Expression left, Expression right) ->
                readsElements(left) || readsElements(right);
            case Expression.Fma(Expression a, Expression b, Expression c) ->
                readsElements(a) || readsElements(b) || readsElements(c);
            case Expression.IfLess(Expression a, Expression b, Expression c, Expression d) ->
                readsElements(a) || readsElements(b) || readsElements(c) || readsElements(d);
          };
      readsElements.put(expression, reads);
    }
    return reads;
  }

  private int unary(Expression.UnaryFunction function, int x) {
    FloatFunctions floats = new FloatFunctions(this);
    return switch (function) {
      case NEGATE -> apply(Op.NEGATE, x);
      case ABS -> apply(Op.ABS, x);
      case SQRT -> apply(Op.SQRT, x);
      case EXP -> expand ? floats.exp(x) : apply(Op.EXP, x);
      case LOG -> expand ? floats.log(x) : apply(Op.LOG, x);
      case LOG1P -> expand ? floats.log1p(x) : apply(Op.LOG1P, x);
      case TANH -> expand ? floats.tanh(x) : apply(Op.TANH, x);
      case SIGMOID -> {
        int power = unary(Expression.UnaryFunction.EXP, apply(Op.NEGATE, x));
        yield apply(Op.DIVIDE, constant(1), apply(Op.ADD, constant(1), power));
      }
      case SOFTPLUS -> {
        int power = unary(Expression.UnaryFunction.EXP, apply(Op.NEGATE, apply(Op.ABS, x)));
        yield apply(
            Op.ADD, apply(Op.MAX, x, constant(0)), unary(Expression.UnaryFunction.LOG1P, power));
      }
    };
  }

  private static Op binary(Expression.BinaryFunction function) {
    return switch (function) {
      case ADD -> Op.ADD;
      case SUBTRACT -> Op.SUBTRACT;
      case MULTIPLY -> Op.MULTIPLY;
      case DIVIDE -> Op.DIVIDE;
      case MAX -> Op.MAX;
      case MIN -> Op.MIN;
      case POWER ->
          throw new IllegalArgumentException(
              "power is for scalars only: it would cost a call per element");
    };
  }

  int constant(double value) {
    return value(new Value.Constant(value));
  }

  int apply(Op op, Integer... arguments) {
    return value(new Value.Apply(op, List.of(arguments)));
  }

  private int value(Value value) {
    return known.computeIfAbsent(
        value,
        v -> {
          values.add(v);
          return values.size() - 1;
        });
  }
}
