package dev.anneal.core.kernel;

import dev.anneal.core.lane.Formula;
import dev.anneal.core.lane.Lane;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Random formulas over {@link #ARRAYS} arrays and {@link #UNIFORMS} uniforms. */
final class Lanes {
  static final int ARRAYS = 3;
  static final int UNIFORMS = 2;
  private static final int DEPTH = 5;

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

  private static final List<Lane.Function1> UNARY = List.of(Lane.Function1.values());
  private static final List<Lane.Function2> BINARY =
      Stream.of(Lane.Function2.values()).filter(f -> f != Lane.Function2.POWER).toList();

  private Lanes() {}

  /**
   * A formula with two outputs, the second of which uses the first: so values are shared, and each
   * array that is written may be read as well.
   */
  static Arbitrary<Formula> formulas() {
    Arbitrary<Lane> lanes = lanes();
    Arbitrary<Integer> array = Arbitraries.integers().between(0, ARRAYS - 1);
    return Combinators.combine(lanes, lanes, array, array)
        .as((first, second, to, other) ->
            new Formula(
                ARRAYS,
                UNIFORMS,
                List.of(
                    new Formula.Output(to, first),
                    new Formula.Output(other, first.fma(second, first)))));
  }

  private static Arbitrary<Lane> lanes() {
    Arbitrary<Lane> elements = Arbitraries.integers().between(0, ARRAYS - 1).map(Lane.Element::new);
    Arbitrary<Lane> uniforms =
        Arbitraries.integers().between(0, UNIFORMS - 1).map(Lane.Uniform::new);
    Arbitrary<Lane> constants =
        Arbitraries.of(Arrays.stream(SPECIAL).boxed().toList()).map(Lane::of);
    Arbitrary<Lane> power = Arbitraries.of(new Lane.Uniform(0).power(new Lane.Uniform(1)));
    Arbitrary<Lane> leaves =
        Arbitraries.frequencyOf(
            Tuple.of(6, elements),
            Tuple.of(2, uniforms),
            Tuple.of(2, constants),
            Tuple.of(1, power));
    return Arbitraries.recursive(() -> leaves, Lanes::grow, 0, DEPTH);
  }

  private static Arbitrary<Lane> grow(Arbitrary<Lane> lanes) {
    Arbitrary<Lane> unary = Combinators.combine(Arbitraries.of(UNARY), lanes).as(Lane.Unary::new);
    Arbitrary<Lane> binary =
        Combinators.combine(Arbitraries.of(BINARY), lanes, lanes).as(Lane.Binary::new);
    Arbitrary<Lane> fma = Combinators.combine(lanes, lanes, lanes).as(Lane.Fma::new);
    Arbitrary<Lane> ifLess = Combinators.combine(lanes, lanes, lanes, lanes).as(Lane.IfLess::new);
    return Arbitraries.oneOf(unary, unary, binary, binary, fma, ifLess);
  }
}
