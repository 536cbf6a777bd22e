package dev.anneal.core.codegen;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.expression.Expression;
import dev.anneal.core.kernel.FloatKernel;
import dev.anneal.core.kernel.KernelSpec;
import dev.anneal.core.kernel.Width;
import dev.anneal.core.parallel.Allocations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.function.Executable;

/** Shared parts of a formula cost once, and give what they would give as a tree. */
class SharedPartsProperties {
  private static final Expression X = new Expression.Operand(0);
  private static final Expression S = new Expression.Scalar(0);
  private static final int SQUARINGS = 60;

  /** Its 2^60th power is about e. */
  private static final double NEAR_ONE = 1 + 0x1p-50;

  private static void soon(Executable work) {
    assertTimeoutPreemptively(Duration.ofSeconds(10), work);
  }

  /** As a tree it has 2^60 leaves. */
  private static Expression squarings(Expression of) {
    return squarings(of, SQUARINGS).getLast();
  }

  private static List<Expression> squarings(Expression of, int count) {
    List<Expression> all = new ArrayList<>(List.of(of));
    for (int i = 0; i < count; i++) {
      all.add(all.getLast().times(all.getLast()));
    }
    return all;
  }

  private static double squared(double x, int times) {
    double result = x;
    for (int i = 0; i < times; i++) {
      result *= result;
    }
    return result;
  }

  private static float squaredInFloat(float x, int times) {
    float result = x;
    for (int i = 0; i < times; i++) {
      result *= result;
    }
    return result;
  }

  private static double[] evaluate(List<Expression> expressions, double... scalars) {
    double[] results = new double[expressions.size()];
    new ScalarEvaluator(expressions).evaluate(scalars, results);
    return results;
  }

  private static KernelSpec formula(Expression value) {
    return new KernelSpec(2, 1, List.of(new KernelSpec.Output(1, value)));
  }

  @Example
  void scalarsAreEvaluatedOnce() {
    soon(() -> {
      assertArrayEquals(
          new double[] {squared(NEAR_ONE, SQUARINGS), squared(NEAR_ONE, 24)},
          evaluate(List.of(squarings(S), S.power(1 << 24)), NEAR_ONE));
      assertEquals(Math.E * Math.E, squared(NEAR_ONE, 51), 1e-3);
    });
  }

  @Example
  void whatIsTheSameForAllElementsIsPreparedOnce() {
    soon(() -> {
      KernelSpec formula = formula(X.times(squarings(S)));
      FloatKernel kernel = Kernels.compile(formula, Width.SCALAR);
      float[] prepared = new float[kernel.preparedSize()];
      kernel.preparation().prepare(new double[] {0.5}, prepared);
      assertArrayEquals(new float[] {(float) squared(0.5, SQUARINGS)}, prepared);
      assertSame(kernel, Kernels.compile(formula(X.times(squarings(S))), Width.SCALAR));
      assertNotSame(kernel, Kernels.compile(formula(X.times(squarings(S.negate()))), Width.SCALAR));
      double[][] arrays = {{3}, {0}};
      Kernels.compileDouble(formula).run(arrays, new int[2], new double[] {NEAR_ONE}, 1);
      assertEquals(3 * squared(NEAR_ONE, SQUARINGS), arrays[1][0]);
    });
  }

  /** Each of many prepared numbers is a part of the next one. */
  @Example
  void preparedNumbersShareTheirParts() {
    int count = 400;
    soon(() -> {
      List<Expression> numbers = squarings(S.plus(1), count);
      Expression sum = numbers.stream().map(X::times).reduce(X, Expression::plus);
      FloatKernel kernel = Kernels.compile(formula(sum), Width.SCALAR);
      float[] prepared = new float[kernel.preparedSize()];
      assertEquals(count + 1, prepared.length);
      kernel.preparation().prepare(new double[] {NEAR_ONE - 1}, prepared);
      assertEquals((float) squared(NEAR_ONE, 50), prepared[50]);
    });
  }

  @Example
  void elementsAreComputedOnce() {
    float x = 1 + 0x1p-23f;
    for (Width width : Width.values()) {
      soon(() -> {
        FloatKernel kernel = Kernels.compile(formula(squarings(X)), width);
        float[][] arrays = {new float[100], new float[100]};
        Arrays.fill(arrays[0], x);
        kernel.run(arrays, new int[2], new float[0], 100);
        for (float each : arrays[1]) {
          assertEquals(squaredInFloat(x, SQUARINGS), each);
        }
      });
    }
    soon(() -> {
      double[][] arrays = {{NEAR_ONE}, {0}};
      Kernels.compileDouble(formula(squarings(X))).run(arrays, new int[2], new double[1], 1);
      assertEquals(squared(NEAR_ONE, SQUARINGS), arrays[1][0]);
    });
  }

  /** Each of a kernel's threads has its own. */
  @Example
  void preparationsKeepOutOfEachOther() {
    FloatKernel kernel = Kernels.compile(formula(X.times(S.exp().plus(1))), Width.SCALAR);
    FloatKernel.Preparation one = kernel.preparation();
    FloatKernel.Preparation two = kernel.preparation();
    assertNotSame(one, two);
    float[] first = new float[1];
    float[] second = new float[1];
    one.prepare(new double[] {1}, first);
    two.prepare(new double[] {2}, second);
    assertArrayEquals(new float[] {(float) (StrictMath.exp(1) + 1)}, first);
    assertArrayEquals(new float[] {(float) (StrictMath.exp(2) + 1)}, second);
  }

  @Property
  void theBitsAreThoseOfTheTree(@ForAll Random random) {
    List<Expression> leaves =
        List.of(S, new Expression.Scalar(1), Expression.of(number(random)), S.power(S));
    List<Expression> expressions =
        List.of(RandomExpressions.shared(random, leaves), RandomExpressions.shared(random, leaves));
    ScalarEvaluator evaluator = new ScalarEvaluator(expressions);
    double[] actual = new double[2];
    for (int i = 0; i < 5; i++) {
      double[] scalars = {number(random), number(random)};
      ExpressionInterpreter tree = new ExpressionInterpreter(new double[0], scalars);
      evaluator.evaluate(scalars, actual);
      assertArrayEquals(expressions.stream().mapToDouble(tree::value).toArray(), actual);
    }
  }

  @Property(tries = 200)
  void theDoubleKernelIsTheTree(@ForAll Random random) {
    List<Expression> leaves = List.of(X, S, S.power(S), Expression.of(number(random)));
    Expression value = RandomExpressions.shared(random, leaves);
    double[] scalars = {number(random)};
    double[][] arrays = {{number(random)}, {0}};
    Kernels.compileDouble(formula(value)).run(arrays, new int[2], scalars, 1);
    assertEquals(new ExpressionInterpreter(arrays[0], scalars).value(value), arrays[1][0]);
  }

  private static double number(Random random) {
    return random.nextBoolean()
        ? RandomExpressions.SPECIAL[random.nextInt(RandomExpressions.SPECIAL.length)]
        : random.nextGaussian();
  }

  @Example
  void evaluationAllocatesNothing() {
    Expression decay = Expression.of(1).minus(S.power(new Expression.Scalar(1)));
    ScalarEvaluator evaluator =
        new ScalarEvaluator(
            List.of(squarings(S), decay.sqrt(), S.ifLess(decay, decay.sigmoid(), S)));
    double[] scalars = {0.9, 7};
    double[] results = new double[3];
    assertTrue(
        new Allocations()
            .vanish(
                20,
                () -> {
                  for (int i = 0; i < 100; i++) {
                    evaluator.evaluate(scalars, results);
                  }
                }));
  }
}
