package dev.anneal.core.codegen;

import dev.anneal.api.expression.Expression;
import dev.anneal.core.kernel.KernelSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Random formulas over {@link #ARRAYS} arrays and {@link #SCALARS} scalars. */
final class RandomExpressions {
  static final int ARRAYS = 3;
  static final int SCALARS = 2;
  private static final int DEPTH = 5;
  private static final int PARTS = 9;

  /** Numbers at which rounding, overflow and comparisons go wrong first. */
  static final double[] SPECIAL = {
    0.0,
    -0.0,
    1,
    -1,
    0.5,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.MIN_NORMAL,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    88.72283,
    -86.989,
    -103.97,
    0.625
  };

  private static final List<Expression.UnaryFunction> UNARY =
      List.of(Expression.UnaryFunction.values());
  private static final List<Expression.BinaryFunction> BINARY =
      Stream.of(Expression.BinaryFunction.values())
          .filter(f -> f != Expression.BinaryFunction.POWER)
          .toList();

  private RandomExpressions() {}

  /**
   * A formula with two outputs, the second of which uses the first: so values are shared, and each
   * array that is written may be read as well.
   */
  static Arbitrary<KernelSpec> formulas() {
    Arbitrary<Expression> expressions = expressions();
    Arbitrary<Integer> array = Arbitraries.integers().between(0, ARRAYS - 1);
    return Combinators.combine(expressions, expressions, array, array)
        .as((first, second, to, other) ->
            new KernelSpec(
                ARRAYS,
                SCALARS,
                List.of(
                    new KernelSpec.Output(to, first),
                    new KernelSpec.Output(other, first.fma(second, first)))));
  }

  /** An expression whose parts are used again and again. */
  static Expression shared(Random random, List<Expression> leaves) {
    List<Expression> parts = new ArrayList<>(leaves);
    Supplier<Expression> any = () -> parts.get(random.nextInt(parts.size()));
    for (int i = 0; i < PARTS; i++) {
      parts.add(
          switch (random.nextInt(4)) {
            case 0 -> new Expression.Unary(UNARY.get(random.nextInt(UNARY.size())), any.get());
            case 1 -> any.get().fma(any.get(), any.get());
            case 2 -> any.get().ifLess(any.get(), any.get(), any.get());
            default ->
                new Expression.Binary(
                    BINARY.get(random.nextInt(BINARY.size())), any.get(), any.get());
          });
    }
    return parts.getLast();
  }

  private static Arbitrary<Expression> expressions() {
    Arbitrary<Expression> elements =
        Arbitraries.integers().between(0, ARRAYS - 1).map(Expression.Operand::new);
    Arbitrary<Expression> scalars =
        Arbitraries.integers().between(0, SCALARS - 1).map(Expression.Scalar::new);
    Arbitrary<Expression> constants =
        Arbitraries.of(Arrays.stream(SPECIAL).boxed().toList()).map(Expression::of);
    Arbitrary<Expression> power =
        Arbitraries.of(new Expression.Scalar(0).power(new Expression.Scalar(1)));
    Arbitrary<Expression> leaves =
        Arbitraries.frequencyOf(
            Tuple.of(6, elements),
            Tuple.of(2, scalars),
            Tuple.of(2, constants),
            Tuple.of(1, power));
    return Arbitraries.recursive(() -> leaves, RandomExpressions::grow, 0, DEPTH);
  }

  private static Arbitrary<Expression> grow(Arbitrary<Expression> expressions) {
    Arbitrary<Expression> unary =
        Combinators.combine(Arbitraries.of(UNARY), expressions).as(Expression.Unary::new);
    Arbitrary<Expression> binary =
        Combinators.combine(Arbitraries.of(BINARY), expressions, expressions)
            .as(Expression.Binary::new);
    Arbitrary<Expression> fma =
        Combinators.combine(expressions, expressions, expressions).as(Expression.Fma::new);
    Arbitrary<Expression> ifLess =
        Combinators.combine(expressions, expressions, expressions, expressions)
            .as(Expression.IfLess::new);
    return Arbitraries.oneOf(unary, unary, binary, binary, fma, ifLess);
  }
}
