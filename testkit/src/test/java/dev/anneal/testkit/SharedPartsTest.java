package dev.anneal.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.DenseMatrix;
import dev.anneal.api.optimizer.Granularity;
import dev.anneal.api.optimizer.MatrixFunction;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.optimizer.Slot;
import dev.anneal.api.optimizer.StepBuilder;
import dev.anneal.core.kernel.Width;
import dev.anneal.core.matrix.Layout;
import dev.anneal.core.matrix.Matrix;
import dev.anneal.core.parallel.Workers;
import dev.anneal.core.random.RandomStream;
import dev.anneal.core.update.Update;
import dev.anneal.testkit.UpdateProgramTest.Described;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Shared parts of a rule cost once, wherever it has formulas. */
class SharedPartsTest {
  private static final int SQUARINGS = 60;

  /** Its 2^60th power is e^256. */
  private static final double NEAR_ONE = 1 + 0x1p-52;

  private static final Slot NUMBER = new Slot("number", Granularity.GROUP, NEAR_ONE);
  private static final Slot PAIRS = new Slot("pairs", Granularity.COLUMN_PAIR, 0);
  private static final double[] TWOS = {2, 2, 2, 2, 2, 2, 2, 2, 2};

  /** The products of the columns of a matrix, times a number. */
  private record Gram() implements MatrixFunction {
    @Override
    public List<Granularity> results() {
      return List.of(Granularity.COLUMN_PAIR);
    }

    @Override
    public Runnable prepare(List<DenseMatrix> inputs, double[] numbers, List<DenseMatrix> results) {
      DenseMatrix product = inputs.getFirst().like(3, 3);
      Runnable multiply = product.product(inputs.getFirst(), true, inputs.getFirst(), false);
      return () -> {
        multiply.run();
        results.getFirst().sum(numbers[0], product, 0, product);
      };
    }
  }

  /** As a tree it has 2^60 leaves. */
  private static Expression squarings(Expression of) {
    Expression result = of;
    for (int i = 0; i < SQUARINGS; i++) {
      result = result.times(result);
    }
    return result;
  }

  private static double squared(double x) {
    double result = x;
    for (int i = 0; i < SQUARINGS; i++) {
      result *= result;
    }
    return result;
  }

  /** With gradients of 1, each of its sums is 1. */
  private static void describe(StepBuilder step) {
    Expression number = step.slot(NUMBER);
    step.set(NUMBER, squarings(number));
    step.report("number", number);
    step.report("next", squarings(number));
    Expression mean = step.mean(Granularity.PARAMETER, squarings(step.gradient()));
    Expression one = squarings(step.sum(Granularity.GROUP, squarings(mean)));
    Expression pairs = step.matrices(new Gram(), List.of(step.gradient()), List.of(one)).getFirst();
    Expression chosen = one.ifLess(Expression.of(2), pairs, step.slot(PAIRS));
    for (int i = 0; i < SQUARINGS; i++) {
      chosen = one.ifLess(mean, chosen, chosen);
    }
    step.set(PAIRS, chosen);
    step.setWeight(step.weight().plus(squarings(step.gradient()).times(one)));
  }

  private static final Optimizer OPTIMIZER = new Described(SharedPartsTest::describe);

  private static void soon(Executable work) {
    assertTimeoutPreemptively(Duration.ofSeconds(10), work);
  }

  @Test
  void inSinglePrecision() {
    soon(() -> {
      Matrix weights = Matrix.zeros(2, 3, Layout.PANELS);
      Matrix gradient = Matrix.zeros(2, 3, Layout.PANELS);
      gradient.set(new float[] {1, 1, 1, 1, 1, 1}, 0);
      try (Workers workers = new Workers(1)) {
        Update update =
            new Update(OPTIMIZER, List.of(weights), new RandomStream(1), Width.SCALAR, workers);
        Runnable step = update.separate(0, Map.of(0, gradient), () -> 0);
        update.prepare(new double[] {2, 1});
        step.run();
        assertArrayEquals(new float[] {1, 1, 1, 1, 1, 1}, weights.get());
        assertEquals(Map.of("number", NEAR_ONE, "next", squared(NEAR_ONE)), update.reports(0));
        float[] pairs = update.save().getFirst().arrays().get("pairs");
        assertArrayEquals(new float[] {2, 2, 2, 2, 2, 2, 2, 2, 2}, pairs);
        update.prepare(new double[] {2, 2});
        step.run();
        assertEquals(squared(NEAR_ONE), update.reports(0).get("number"));
      }
    });
  }

  private static DoubleUpdate.Weights parameter() {
    DoubleUpdate.Weights parameter = new DoubleUpdate.Weights(2, 3, new double[6]);
    Arrays.fill(parameter.gradient(), 1);
    return parameter;
  }

  @Test
  void inDoublePrecision() {
    soon(() -> {
      DoubleUpdate.Weights parameter = parameter();
      DoubleUpdate update = new DoubleUpdate(OPTIMIZER, List.of(parameter), new RandomStream(1));
      update.step(2, 1);
      assertArrayEquals(new double[] {1, 1, 1, 1, 1, 1}, parameter.weights());
      assertEquals(Map.of("number", NEAR_ONE, "next", squared(NEAR_ONE)), update.reports(0));
      assertArrayEquals(TWOS, update.slot(0, "pairs"));
      assertArrayEquals(new double[] {squared(NEAR_ONE)}, update.slot(0, "number"));
    });
  }

  @Test
  void withErrors() {
    soon(() -> {
      DoubleUpdate.Weights parameter = parameter();
      DoubleUpdate.withErrors(OPTIMIZER, List.of(parameter), new RandomStream(1), 0, new Random(1))
          .step(2, 1);
      assertArrayEquals(new double[] {1, 1, 1, 1, 1, 1}, parameter.weights());
    });
  }
}
