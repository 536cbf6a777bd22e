package dev.anneal.core.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.core.kernel.Kernels;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Powers with a fixed exponent against {@link StrictMath#pow}. */
class PowerTest {
  private static final double[] BASES = {-3, -1, -0.25, 0.001, 0.5, 1, 1.5, 2, 40};

  private static double[] powers(double exponent) {
    Lane power = new Lane.Element(0).power(exponent);
    double[] results = new double[BASES.length];
    Kernels.compileDouble(new Formula(2, 0, List.of(new Formula.Output(1, power))))
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
