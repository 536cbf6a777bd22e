package dev.anneal.core.codegen;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.expression.Expression.UnaryFunction;
import dev.anneal.core.kernel.FloatKernel;
import dev.anneal.core.kernel.KernelSpec;
import dev.anneal.core.kernel.Width;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How far the float functions are from the truth, over floats of every size and sign. */
class FunctionAccuracyTest {
  /** A prime: the floats visited have all last digits. */
  private static final int STRIDE = 1021;

  private static final int BLOCK = 1 << 14;

  /** Below this, results may be 0: exp is cut off at 2^-125.5, and what is built on it with it. */
  private static final double TINY = 2e-38;

  /** Measured with this stride: 1.297, 0.770, 1.437, 1.282, 2.080 and 1.764. */
  private static final String BOUNDS =
      """
      EXP,      1.5
      LOG,      1.0
      LOG1P,    1.5
      TANH,     1.5
      SIGMOID,  2.5
      SOFTPLUS, 2.0
      """;

  @ParameterizedTest
  @CsvSource(textBlock = BOUNDS)
  void withinTheBoundAndTheSameAtEveryWidth(UnaryFunction function, double bound) {
    check(function, bound, STRIDE, Width.values());
  }

  @Tag("slow")
  @ParameterizedTest
  @CsvSource(textBlock = BOUNDS)
  void withinTheBoundForEveryFloat(UnaryFunction function, double bound) {
    check(function, bound, 1, Width.SCALAR);
  }

  private static void check(UnaryFunction function, double bound, int stride, Width... widths) {
    KernelSpec spec =
        new KernelSpec(
            2,
            0,
            List.of(
                new KernelSpec.Output(
                    1, new Expression.Unary(function, new Expression.Operand(0)))));
    FloatKernel[] kernels = new FloatKernel[widths.length];
    for (int w = 0; w < widths.length; w++) {
      kernels[w] = Kernels.compile(spec, widths[w]);
    }
    int blocks = (int) ((1L << 32) / ((long) BLOCK * stride)) + 1;
    double worst =
        IntStream.range(0, blocks)
            .parallel()
            .mapToDouble(block -> worst(function, kernels, (long) block * BLOCK * stride, stride))
            .max()
            .orElseThrow();
    assertTrue(worst <= bound, () -> function + " is off by " + worst + " ulp");
  }

  /** The largest error of a block of floats, those with the bits from, from + stride, ... */
  private static double worst(
      UnaryFunction function, FloatKernel[] kernels, long from, int stride) {
    float[] x = new float[BLOCK];
    for (int i = 0; i < BLOCK; i++) {
      x[i] = Float.intBitsToFloat((int) (from + (long) i * stride));
    }
    float[] y = run(kernels[0], x);
    for (FloatKernel kernel : kernels) {
      assertArrayEquals(y, run(kernel, x)); // equal bits, NaN included
    }
    double worst = 0;
    for (int i = 0; i < BLOCK; i++) {
      worst = Math.max(worst, error(truth(function, x[i]), y[i]));
    }
    return worst;
  }

  private static float[] run(FloatKernel kernel, float[] x) {
    float[] y = new float[x.length];
    kernel.run(new float[][] {x, y}, new int[2], new float[0], x.length);
    return y;
  }

  /** In units in the last place of the correctly rounded result. */
  private static double error(double truth, float y) {
    float rounded = (float) truth;
    if (Float.compare(rounded, y) == 0 || rounded == y) {
      return Float.isFinite(y) ? Math.abs(y - truth) / Math.ulp(rounded) : 0;
    }
    double error = Math.abs(y - truth);
    boolean tiny = error <= TINY && Math.abs(truth) <= TINY;
    return tiny ? 0 : Double.isNaN(error) ? Double.POSITIVE_INFINITY : error / Math.ulp(rounded);
  }

  /** In double, each written so that it loses nothing. */
  private static double truth(UnaryFunction function, double x) {
    return switch (function) {
      case SOFTPLUS ->
          x > 0 ? x + StrictMath.log1p(StrictMath.exp(-x)) : StrictMath.log1p(StrictMath.exp(x));
      default -> ExpressionInterpreter.unary(function, x);
    };
  }

  /** Zeros are compared without their sign: tanh and log1p of -0 are +0 here. */
  @ParameterizedTest
  @CsvSource({
    "EXP, NaN, NaN",
    "EXP, Infinity, Infinity",
    "EXP, -Infinity, 0",
    "EXP, 0, 1",
    "EXP, -0.0, 1",
    "EXP, 88.72283, 3.4027985E38", // the last float before the overflow
    "EXP, 88.72284, Infinity",
    "EXP, -86.98, 1.6790535E-38",
    "EXP, -86.99, 0", // results that would be subnormal are 0
    "EXP, 1.4E-45, 1",
    "LOG, NaN, NaN",
    "LOG, Infinity, Infinity",
    "LOG, -Infinity, NaN",
    "LOG, 0, -Infinity",
    "LOG, -0.0, -Infinity",
    "LOG, -1.4E-45, NaN",
    "LOG, 1, 0",
    "LOG, 1.4E-45, -103.27893",
    "LOG, 3.4028235E38, 88.72284",
    "LOG1P, NaN, NaN",
    "LOG1P, Infinity, Infinity",
    "LOG1P, -1, -Infinity",
    "LOG1P, -1.0000001, NaN",
    "LOG1P, 0, 0",
    "LOG1P, -0.0, 0",
    "LOG1P, 1.4E-45, 1.4E-45",
    "LOG1P, -1.4E-45, -1.4E-45",
    "LOG1P, 3.4028235E38, 88.72284",
    "TANH, NaN, NaN",
    "TANH, Infinity, 1",
    "TANH, -Infinity, -1",
    "TANH, 0, 0",
    "TANH, -0.0, 0",
    "TANH, 1.4E-45, 1.4E-45",
    "TANH, -1.4E-45, -1.4E-45",
    "TANH, 3.4028235E38, 1",
    "SIGMOID, NaN, NaN",
    "SIGMOID, Infinity, 1",
    "SIGMOID, -Infinity, 0",
    "SIGMOID, 0, 0.5",
    "SIGMOID, -3.4028235E38, 0",
    "SOFTPLUS, NaN, NaN",
    "SOFTPLUS, Infinity, Infinity",
    "SOFTPLUS, -Infinity, 0",
    "SOFTPLUS, 0, 0.6931472",
    "SOFTPLUS, 3.4028235E38, 3.4028235E38",
    "SOFTPLUS, -3.4028235E38, 0"
  })
  void specialValues(UnaryFunction function, float x, float expected) {
    KernelSpec spec =
        new KernelSpec(
            2,
            0,
            List.of(
                new KernelSpec.Output(
                    1, new Expression.Unary(function, new Expression.Operand(0)))));
    for (Width width : Width.values()) {
      float[] many = new float[width.floats()]; // a whole vector
      Arrays.fill(many, x);
      for (float y : run(Kernels.compile(spec, width), many)) {
        assertEquals(expected + 0f, y + 0f, width.toString());
      }
    }
  }
}
