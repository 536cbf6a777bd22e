package dev.anneal.core.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.expression.Expression;
import dev.anneal.core.kernel.KernelSpec;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Powers with a fixed exponent against {@link StrictMath#pow}. */
class PowerTest {
  private static final double[] BASES = {-3, -1, -0.25, 0.001, 0.5, 1, 1.5, 2, 40};

  private static double[] powers(double exponent) {
    Expression power = new Expression.Operand(0).power(exponent);
    double[] results = new double[BASES.length];
    Kernels.compileDouble(new KernelSpec(2, 0, List.of(new KernelSpec.Output(1, power))))
        .run(new double[][] {BASES, results}, new int[2], new double[0], BASES.length);
    return results;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, 2, 3, 4, 7, 10, 31, -1, -2, -5})
  void wholeExponents(double exponent) {
    double[] results = powers(exponent);
    for (int i = 0; i < BASES.length; i++) {
      double expected = StrictMath.pow(BASES[i], exponent);
      assertEquals(expected, results[i], 1e-14 * Math.abs(expected));
    }
  }

  /**
   * Special numbers by the rules of StrictMath, all others within an ulp of it and of the power.
   */
  @Test
  void powersOfScalars() {
    double infinity = Double.POSITIVE_INFINITY;
    double[] numbers = {
      0,
      -0.0,
      1,
      -1,
      2,
      -2,
      3,
      -3,
      0.5,
      -0.5,
      0.96,
      1.5,
      40,
      1e-9,
      1e9,
      1023,
      1024,
      0x1p-1022,
      Double.MIN_VALUE,
      Double.MAX_VALUE,
      1e-300,
      infinity,
      -infinity,
      Double.NaN
    };
    Expression power = new Expression.Scalar(0).power(new Expression.Scalar(1));
    var kernel =
        Kernels.compileDouble(new KernelSpec(1, 2, List.of(new KernelSpec.Output(0, power))));
    for (double x : numbers) {
      for (double y : numbers) {
        double expected = StrictMath.pow(x, y);
        double[] result = new double[1];
        kernel.run(new double[][] {result}, new int[1], new double[] {x, y}, 1);
        boolean special = expected == 0 || Double.isInfinite(expected) || Double.isNaN(expected);
        double near = special ? 0 : 2 * Math.ulp(expected);
        assertEquals(expected, result[0], near, x + " ^ " + y);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, -0.5, 1.5, 0.1, -2.25, 3.3})
  void otherExponentsOfPositiveNumbers(double exponent) {
    double[] results = powers(exponent);
    for (int i = 0; i < BASES.length; i++) {
      if (BASES[i] < 0) {
        assertTrue(Double.isNaN(results[i]));
      } else {
        double expected = StrictMath.pow(BASES[i], exponent);
        assertEquals(expected, results[i], 1e-14 * expected);
      }
    }
  }
}
