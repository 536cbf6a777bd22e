package dev.anneal.core.codegen;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.anneal.api.expression.Expression;
import dev.anneal.core.kernel.FloatKernel;
import dev.anneal.core.kernel.KernelSpec;
import dev.anneal.core.kernel.Width;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** A formula means the same at every width and in double precision. */
class KernelProperties {
  private static final int[] SIZES = {0, 1, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 64, 100};
  private static final Expression X = new Expression.Operand(0);
  private static final Expression Y = new Expression.Operand(1);
  private static final Expression Z = new Expression.Operand(2);

  @Provide
  Arbitrary<KernelSpec> formulas() {
    return RandomExpressions.formulas();
  }

  @Property(tries = 200)
  void allWidthsComputeTheSameBitsAndTouchNothingElse(
      @ForAll("formulas") KernelSpec spec,
      @ForAll @IntRange(max = 5) int shift,
      @ForAll boolean sameRange,
      @ForAll Random random) {
    double[] scalars = {number(random), number(random)};
    for (int n : SIZES) {
      int[] offsets = {shift, 2 * shift, sameRange ? shift : 3};
      float[][] start = new float[RandomExpressions.ARRAYS][];
      for (int k = 0; k < start.length; k++) {
        start[k] = numbers(random, offsets[k] + n + 20);
      }
      float[][] expected = run(spec, Width.SCALAR, start, offsets, scalars, n, sameRange);
      for (int k = 0; k < start.length; k++) {
        int array = k;
        boolean written =
            spec.outputs().stream()
                .anyMatch(o -> o.array() == array || (sameRange && (o.array() ^ array) == 2));
        assertUntouched(start[k], expected[k], offsets[k], written ? n : 0, sameRange && k == 2);
      }
      for (Width width : Width.values()) {
        float[][] actual = run(spec, width, start, offsets, scalars, n, sameRange);
        for (int k = 0; k < start.length; k++) {
          assertArrayEquals(bits(expected[k]), bits(actual[k]), width + ", n = " + n);
        }
      }
    }
  }

  /** Runs on copies; array 2 is array 0 where they are to be the same range. */
  private static float[][] run(
      KernelSpec spec,
      Width width,
      float[][] start,
      int[] offsets,
      double[] scalars,
      int n,
      boolean sameRange) {
    float[][] arrays =
        IntStream.range(0, 3).mapToObj(k -> start[k].clone()).toArray(float[][]::new);
    if (sameRange) {
      arrays[2] = arrays[0];
    }
    FloatKernel kernel = Kernels.compile(spec, width);
    float[] prepared = new float[kernel.preparedSize()];
    kernel.preparation().prepare(scalars, prepared);
    kernel.run(arrays, offsets, prepared, n);
    return arrays;
  }

  private static void assertUntouched(
      float[] before, float[] after, int offset, int n, boolean replaced) {
    for (int i = 0; i < before.length && !replaced; i++) {
      if (i < offset || i >= offset + n) {
        assertEquals(Float.floatToIntBits(before[i]), Float.floatToIntBits(after[i]), "at " + i);
      }
    }
  }

  @Property(tries = 300)
  void theDoubleVersionIsTheFormula(@ForAll("formulas") KernelSpec spec, @ForAll Random random) {
    int n = 7;
    int[] offsets = {0, 1, 2};
    double[] scalars = {number(random), number(random)};
    double[][] arrays = new double[RandomExpressions.ARRAYS][n + 2];
    for (double[] array : arrays) {
      for (int i = 0; i < array.length; i++) {
        array[i] = number(random);
      }
    }
    double[][] expected = {arrays[0].clone(), arrays[1].clone(), arrays[2].clone()};
    for (int i = 0; i < n; i++) {
      double[] elements = {arrays[0][i], arrays[1][i + 1], arrays[2][i + 2]};
      for (KernelSpec.Output output : spec.outputs()) {
        int to = output.array();
        expected[to][i + offsets[to]] =
            new ExpressionInterpreter(elements, scalars).value(output.value());
      }
    }
    Kernels.compileDouble(spec).run(arrays, offsets, scalars, n);
    for (int k = 0; k < arrays.length; k++) {
      assertArrayEquals(bits(expected[k]), bits(arrays[k]));
    }
  }

  /**
   * A double has more than twice the digits of a float, so rounding twice is rounding once: the
   * four operations and the root in float are those in double, rounded.
   */
  @Property
  void singleOperationsAreCorrectlyRounded(@ForAll Random random) {
    List<Expression> operations =
        List.of(
            X.plus(Y),
            X.minus(Y),
            X.times(Y),
            X.dividedBy(Y),
            X.max(Y),
            X.min(Y),
            X.negate(),
            X.abs(),
            X.sqrt(),
            X.ifLess(Y, Y, X));
    float[] x = numbers(random, 33);
    float[] y = numbers(random, 33);
    for (Expression operation : operations) {
      float[] result = new float[x.length];
      KernelSpec spec = new KernelSpec(3, 0, List.of(new KernelSpec.Output(2, operation)));
      Kernels.compile(spec).run(new float[][] {x, y, result}, new int[3], new float[0], x.length);
      for (int i = 0; i < x.length; i++) {
        double exact =
            new ExpressionInterpreter(new double[] {x[i], y[i]}, new double[0]).value(operation);
        assertEquals((float) exact, result[i], operation + " at " + x[i] + ", " + y[i]);
      }
    }
  }

  /** 1 + 2^-12 squared minus 1 + 2^-11 leaves 2^-24, which a product rounded apart loses. */
  @Example
  void fmaRoundsOnce() {
    float[] x = {1 + 0x1p-12f};
    float[] minus = {-(1 + 0x1p-11f)};
    for (Width width : Width.values()) {
      float[] result = new float[1];
      Kernels.compile(new KernelSpec(3, 0, List.of(new KernelSpec.Output(2, X.fma(X, Y)))), width)
          .run(new float[][] {x, minus, result}, new int[3], new float[0], 1);
      assertEquals(0x1p-24f, result[0]);
    }
  }

  @Example
  void scalarPartsAreComputedOnceInDouble() {
    Expression third = new Expression.Scalar(0).dividedBy(Expression.of(3));
    KernelSpec spec =
        new KernelSpec(1, 1, List.of(new KernelSpec.Output(0, X.times(third.times(3)))));
    FloatKernel kernel = Kernels.compile(spec, Width.SCALAR);
    assertEquals(1, kernel.preparedSize());
    float[] prepared = new float[1];
    kernel.preparation().prepare(new double[] {0.1}, prepared);
    assertEquals((float) (0.1 / 3 * 3), prepared[0]);
  }

  @Example
  void wrongFormulasAreRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new KernelSpec(2, 0, List.of(new KernelSpec.Output(2, X))));
    KernelSpec power =
        new KernelSpec(1, 0, List.of(new KernelSpec.Output(0, X.power(Expression.of(2)))));
    assertThrows(IllegalArgumentException.class, () -> Kernels.compile(power, Width.SCALAR));
    KernelSpec missing = new KernelSpec(2, 0, List.of(new KernelSpec.Output(0, Z)));
    assertThrows(RuntimeException.class, () -> Kernels.compile(missing, Width.SCALAR));
  }

  /** A third each: special numbers, any bits, and numbers of a usual size. */
  private static double number(Random random) {
    return switch (random.nextInt(3)) {
      case 0 -> RandomExpressions.SPECIAL[random.nextInt(RandomExpressions.SPECIAL.length)];
      case 1 -> Float.intBitsToFloat(random.nextInt());
      default -> (float) random.nextGaussian();
    };
  }

  private static float[] numbers(Random random, int n) {
    float[] numbers = new float[n];
    for (int i = 0; i < n; i++) {
      numbers[i] = (float) number(random);
    }
    return numbers;
  }

  /** One NaN is as good as another. */
  private static int[] bits(float[] array) {
    return IntStream.range(0, array.length).map(i -> Float.floatToIntBits(array[i])).toArray();
  }

  private static long[] bits(double[] array) {
    return Arrays.stream(array).mapToLong(Double::doubleToLongBits).toArray();
  }
}
