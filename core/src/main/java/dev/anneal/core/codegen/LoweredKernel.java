package dev.anneal.core.codegen;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.expression.ExpressionGraph;
import dev.anneal.core.kernel.KernelSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
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
  private final ExpressionGraph graph;

  /** By part: the number of its value; -1 for one that no element meets. */
  private final int[] numbers;

  private final Map<Value, Integer> known = new HashMap<>();

  private LoweredKernel(ExpressionGraph graph, boolean expand) {
    this.graph = graph;
    this.expand = expand;
    numbers = new int[graph.size()];
    Arrays.fill(numbers, -1);
  }

  /**
   * Lowers a formula.
   *
   * @param expand whether transcendental functions become polynomials in single precision
   */
  static LoweredKernel of(KernelSpec spec, boolean expand) {
    ExpressionGraph graph =
        ExpressionGraph.of(spec.outputs().stream().map(KernelSpec.Output::value).toList());
    LoweredKernel lowered = new LoweredKernel(graph, expand);
    lowered.lowerElementwise();
    for (int i = 0; i < spec.outputs().size(); i++) {
      int array = spec.outputs().get(i).array();
      lowered.stores.add(new Store(array, lowered.number(graph.roots().get(i))));
    }
    return lowered;
  }

  private void lowerElementwise() {
    boolean[] readsElements = new boolean[graph.size()];
    for (int part = 0; part < graph.size(); part++) {
      readsElements[part] =
          graph.part(part) instanceof Expression.Operand
              || graph.operands(part).stream().anyMatch(operand -> readsElements[operand]);
      if (readsElements[part]) {
        Integer[] operands =
            graph.operands(part).stream().map(this::number).toArray(Integer[]::new);
        numbers[part] = lowerElementwise(graph.part(part), operands);
      }
    }
  }

  /** The number of the value of a part, which is the same for all elements if it has none yet. */
  private int number(int part) {
    if (numbers[part] < 0) {
      numbers[part] = lowerScalar(graph.part(part));
    }
    return numbers[part];
  }

  private int lowerScalar(Expression expression) {
    if (expression instanceof Expression.Constant(double value)) {
      return value(new Value.Constant(value));
    }
    prepared.add(expression);
    return value(new Value.Prepared(prepared.size() - 1));
  }

  private int lowerElementwise(Expression expression, Integer... operands) {
    return switch (expression) {
      case Expression.Operand(int array) -> value(new Value.Load(array));
      case Expression.Unary(Expression.UnaryFunction function, _) -> unary(function, operands[0]);
      case Expression.Binary(Expression.BinaryFunction function, _, _) ->
          apply(binary(function), operands);
      case Expression.Fma _ -> apply(Op.FMA, operands);
      case Expression.IfLess _ -> apply(Op.IF_LESS, operands);
      case Expression.Scalar _, Expression.Constant _ -> throw new AssertionError(expression);
    };
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
