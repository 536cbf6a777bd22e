package dev.anneal.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.DenseMatrix;
import dev.anneal.api.optimizer.Granularity;
import dev.anneal.api.optimizer.Hyperparameter;
import dev.anneal.api.optimizer.MatrixFunction;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.optimizer.Slot;
import dev.anneal.api.optimizer.StepBuilder;
import dev.anneal.api.schedule.Constant;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.core.kernel.Width;
import dev.anneal.core.matrix.Layout;
import dev.anneal.core.matrix.Matrix;
import dev.anneal.core.parallel.Workers;
import dev.anneal.core.random.RandomStream;
import dev.anneal.core.update.Update;
import dev.anneal.core.update.UpdateCompiler;
import dev.anneal.core.update.UpdateProgram;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class UpdateProgramTest {
  private static final Slot FIRST = new Slot("first", Granularity.GROUP, 1);
  private static final Slot SECOND = new Slot("second", Granularity.GROUP, 1);
  private static final Slot M = new Slot("m");

  /** An optimizer whose learning rate is 2. */
  record Described(Consumer<StepBuilder> body) implements Optimizer {
    @Override
    public List<Hyperparameter> hyperparameters() {
      return List.of(new Hyperparameter(LEARNING_RATE, new Constant(2)));
    }

    @Override
    public void step(StepBuilder step) {
      body.accept(step);
    }

    @Override
    public Optimizer withLearningRate(Schedule schedule) {
      return this;
    }
  }

  private static UpdateProgram rule(Consumer<StepBuilder> body) {
    return UpdateCompiler.compile(new Described(body), new UpdateProgram.Shape(2, 3), 0);
  }

  private static DoubleUpdate update(
      Consumer<StepBuilder> body, DoubleUpdate.Weights... parameters) {
    return new DoubleUpdate(new Described(body), List.of(parameters), new RandomStream(1));
  }

  /** Fibonacci numbers: each must read the other as it was before. */
  @Test
  void slotsOfOneNumberGoFromStepToStepTogether() {
    DoubleUpdate.Weights w = new DoubleUpdate.Weights(1, 1, 0);
    DoubleUpdate update =
        update(
            step -> {
              Expression first = step.slot(FIRST);
              Expression second = step.slot(SECOND);
              step.set(FIRST, second);
              step.set(SECOND, second.plus(first));
              step.setWeight(
                  step.hyperparameter(Optimizer.LEARNING_RATE).times(first.plus(second)));
            },
            w);
    for (int sum : new int[] {2, 3, 5, 8, 13, 21}) {
      update.step(2, 1);
      assertEquals(2 * sum, w.weights()[0]);
    }
  }

  @Test
  void slotsAreKnownByTheOrderInWhichTheStepMentionsThem() {
    Slot sum = new Slot("sum", 0.1);
    UpdateProgram rule =
        rule(step -> {
          step.set(sum, step.slot(M));
          step.setWeight(step.weight());
        });
    assertEquals(List.of(M, sum), rule.slots());
    assertTrue(rule.isElementwise());
  }

  /** A step in single precision. */
  private static void step(Consumer<StepBuilder> body, Matrix... weights) {
    try (Workers workers = new Workers(2)) {
      Update update =
          new Update(
              new Described(body), List.of(weights), new RandomStream(1), Width.SCALAR, workers);
      Map<Integer, Matrix> gradients = new HashMap<>();
      for (int i = 0; i < weights.length; i++) {
        gradients.put(
            i, Matrix.zeros(weights[i].rows(), weights[i].columns(), weights[i].layout()));
      }
      update.prepare(new double[] {2, 1});
      update.separate(0, gradients, () -> 1).run();
    }
  }

  /** A weight's random number does not depend on how the matrix lies, nor on the precision. */
  @Test
  void noiseIsThatOfTheWeight() {
    Consumer<StepBuilder> body = s -> s.setWeight(s.noise().minus(s.noise().times(0.5)));
    DoubleUpdate.Weights exact = new DoubleUpdate.Weights(3, 70, new double[210]);
    update(body, exact).step(2, 1);
    for (Layout layout : Layout.values()) {
      Matrix matrix = Matrix.zeros(3, 70, layout);
      step(body, matrix);
      for (int i = 0; i < 210; i++) {
        assertEquals(exact.weights()[i], matrix.get()[i], 1e-6);
      }
    }
    double[] distinct = Arrays.stream(exact.weights()).distinct().toArray();
    assertEquals(210, distinct.length);
    double mean = Arrays.stream(exact.weights()).map(x -> x * x).average().orElseThrow();
    assertEquals(1.25, mean, 0.5, "the two numbers of a weight are independent");
  }

  private static DoubleUpdate.Weights matrix() {
    return new DoubleUpdate.Weights(2, 3, 1, 2, 3, 4, 5, 6);
  }

  private static void assertStep(Consumer<StepBuilder> body, double... expected) {
    DoubleUpdate.Weights w = matrix();
    update(body, w).step(2, 1);
    assertArrayEquals(expected, w.weights(), 1e-15);
  }

  @Test
  void sumsOverRowsColumnsAndTheParameter() {
    assertStep(s -> s.setWeight(s.sum(Granularity.ROW, s.weight())), 6, 6, 6, 15, 15, 15);
    assertStep(s -> s.setWeight(s.sum(Granularity.COLUMN, s.weight())), 5, 7, 9, 5, 7, 9);
    assertStep(s -> s.setWeight(s.sum(Granularity.PARAMETER, s.weight())), 21, 21, 21, 21, 21, 21);
    assertStep(s -> s.setWeight(s.mean(Granularity.ROW, s.weight())), 2, 2, 2, 5, 5, 5);
    assertStep(
        s -> s.setWeight(s.mean(Granularity.COLUMN, s.weight())), 2.5, 3.5, 4.5, 2.5, 3.5, 4.5);
    assertStep(s -> s.setWeight(s.max(Granularity.ROW, s.weight())), 3, 3, 3, 6, 6, 6);
    assertStep(s -> s.setWeight(s.max(Granularity.COLUMN, s.weight())), 4, 5, 6, 4, 5, 6);
  }

  /** A sum of what other sums go into. */
  @Test
  void sumsOfSums() {
    assertStep(
        s -> {
          Expression rows = s.sum(Granularity.ROW, s.weight());
          Expression mean = s.mean(Granularity.PARAMETER, rows);
          s.setWeight(rows.dividedBy(mean).times(s.weight()));
        },
        6 / 10.5,
        12 / 10.5,
        18 / 10.5,
        60 / 10.5,
        75 / 10.5,
        90 / 10.5);
  }

  @Test
  void sumsOverTheGroupGoOverAllItsParameters() {
    DoubleUpdate.Weights w = matrix();
    DoubleUpdate.Weights other = new DoubleUpdate.Weights(1, 2, 10, 20);
    update(s -> s.setWeight(s.sum(Granularity.GROUP, s.weight())), w, other).step(2, 1);
    assertEquals(51, w.weights()[5]);
    assertEquals(51, other.weights()[1]);
  }

  /** A matrix knows its sum later than a row does, which waits for it. */
  @Test
  void sumsOverTheGroupMeetWhereShapesKnowThemAtDifferentTimes() {
    DoubleUpdate.Weights w = matrix();
    DoubleUpdate.Weights other = new DoubleUpdate.Weights(1, 2, 10, 20);
    Consumer<StepBuilder> body =
        s -> {
          Expression number = s.rows() == 1 ? s.weight() : s.sum(Granularity.ROW, s.weight());
          Expression first = s.sum(Granularity.GROUP, number);
          Expression second = s.sum(Granularity.GROUP, number.times(first));
          s.setWeight(first.plus(second));
        };
    update(body, w, other).step(2, 1);
    assertEquals(51 + 51 * 51, w.weights()[0]);
    assertEquals(51 + 51 * 51, other.weights()[1]);
    Matrix[] floats = {Matrix.zeros(2, 3, Layout.ROWS), Matrix.zeros(1, 2, Layout.ROWS)};
    floats[0].set(new float[] {1, 2, 3, 4, 5, 6}, 0);
    floats[1].set(new float[] {10, 20}, 0);
    step(body, floats);
    assertEquals(51 + 51 * 51, floats[0].get()[0]);
    assertEquals(51 + 51 * 51, floats[1].get()[1]);
  }

  @Test
  void aRuleWithSumsIsNotElementwise() {
    assertFalse(rule(s -> s.setWeight(s.sum(Granularity.PARAMETER, s.weight()))).isElementwise());
    assertFalse(rule(s -> s.setWeight(s.loss())).isElementwise());
    assertFalse(rule(s -> s.setWeight(s.slot(new Slot("r", Granularity.ROW, 0)))).isElementwise());
  }

  /** Slots of rows keep what is the same for a row; weights read it as it was before the step. */
  @Test
  void slotsOfRowsAreReadAsTheyWere() {
    Slot rows = new Slot("rows", Granularity.ROW, 1);
    DoubleUpdate.Weights w = matrix();
    DoubleUpdate update =
        update(
            s -> {
              Expression before = s.slot(rows);
              s.set(rows, before.plus(s.sum(Granularity.ROW, s.gradient())));
              s.setWeight(s.weight().times(before));
            },
            w);
    System.arraycopy(new double[] {1, 0, 0, 0, 2, 0}, 0, w.gradient(), 0, 6);
    update.step(2, 1);
    assertArrayEquals(new double[] {1, 2, 3, 4, 5, 6}, w.weights());
    update.step(2, 2);
    assertArrayEquals(new double[] {2, 4, 6, 12, 15, 18}, w.weights());
    assertArrayEquals(new double[] {3, 5}, update.slot(0, "rows"));
  }

  /** A step within a step: the inner one's slots are kept apart, or not kept. */
  @Test
  void anotherOptimizerMayTakeTheStep() {
    Optimizer momentum =
        new Described(s -> {
          Expression m = s.slot(M).plus(s.gradient());
          s.set(M, m);
          s.setWeight(s.weight().minus(m));
        });
    DoubleUpdate.Weights w = new DoubleUpdate.Weights(1, 1, 10);
    w.gradient()[0] = 1;
    DoubleUpdate update =
        update(
            s -> {
              StepBuilder.Inner inner =
                  s.inner(momentum, s.weight(), s.gradient().times(2), s.number());
              s.set(M, s.slot(M).plus(Expression.of(1)));
              inner.storeIfLess(s.number(), Expression.of(2));
              s.setWeight(inner.weight());
            },
            w);
    update.step(2, 1);
    assertEquals(8, w.weights()[0]);
    update.step(2, 2);
    assertEquals(4, w.weights()[0]);
    assertEquals(2, update.slot(0, "inner.m")[0]);
    assertEquals(2, update.slot(0, "m")[0]);
  }

  /** What a matrix function computed is kept or not, as other slots are. */
  @Test
  void pairsOfAnotherOptimizerAreKeptNowAndThen() {
    Slot pairs = new Slot("pairs", Granularity.ROW_PAIR, 0);
    MatrixFunction increment =
        new MatrixFunction() {
          @Override
          public List<Granularity> results() {
            return List.of(Granularity.ROW_PAIR);
          }

          @Override
          public Runnable prepare(
              List<DenseMatrix> inputs, double[] numbers, List<DenseMatrix> results) {
            return () -> results.getFirst().set(0, 1, inputs.getFirst().get(0, 1) + 1);
          }
        };
    Optimizer counting =
        new Described(s -> {
          s.set(pairs, s.matrices(increment, List.of(s.slot(pairs)), List.of()).getFirst());
          s.setWeight(s.weight());
        });
    DoubleUpdate update =
        update(
            s -> {
              StepBuilder.Inner inner = s.inner(counting, s.weight(), s.gradient(), s.number());
              inner.storeIfLess(s.number(), Expression.of(3));
              s.setWeight(inner.weight());
            },
            matrix());
    for (int number = 1; number <= 4; number++) {
      update.step(2, number);
      assertEquals(Math.min(number, 2), update.slot(0, "inner.pairs")[1]);
    }
  }

  /** Rows that differ in the condition keep what is theirs; what is not of a row is kept. */
  @Test
  void slotsOfAnotherOptimizerAreKeptRowByRow() {
    Slot all = new Slot("all", Granularity.PARAMETER, 0);
    Optimizer counting =
        new Described(s -> {
          s.set(M, s.slot(M).plus(1));
          s.set(all, s.slot(all).plus(1));
          s.setWeight(s.weight());
        });
    DoubleUpdate.Weights w = matrix();
    DoubleUpdate update =
        update(
            s -> {
              StepBuilder.Inner inner = s.inner(counting, s.weight(), s.gradient(), s.number());
              inner.storeIfLess(s.max(Granularity.ROW, s.weight()), Expression.of(4));
              s.setWeight(inner.weight());
            },
            w);
    update.step(2, 1);
    assertArrayEquals(new double[] {1, 1, 1, 0, 0, 0}, update.slot(0, "inner.m"));
    assertArrayEquals(new double[] {1}, update.slot(0, "inner.all"));
  }

  @Test
  void theOutermostSaysWhatToEvaluateWith() {
    Optimizer inner =
        new Described(s -> {
          s.setWeight(s.weight());
          s.evaluateWith(s.weight().times(2));
        });
    DoubleUpdate.Weights w = new DoubleUpdate.Weights(1, 1, 3);
    DoubleUpdate update =
        update(
            s -> {
              s.setWeight(s.inner(inner, s.weight(), s.gradient(), s.number()).weight());
              s.evaluateWith(s.weight().times(5));
            },
            w);
    update.step(2, 1);
    assertEquals(15, update.evaluated(0)[0]);
  }

  @Test
  void whatIsReportedIsThatOfTheStep() {
    DoubleUpdate.Weights w = matrix();
    DoubleUpdate update =
        update(
            s -> {
              s.report("first", s.slot(FIRST));
              s.set(FIRST, s.slot(FIRST).plus(Expression.of(1)));
              s.setWeight(s.weight());
            },
            w);
    update.step(2, 1);
    update.step(2, 2);
    assertEquals(Map.of("first", 2.0), update.reports(0));
  }

  @Test
  void weightsToEvaluateWithAreNotThoseToTrain() {
    DoubleUpdate.Weights w = new DoubleUpdate.Weights(1, 1, 3);
    DoubleUpdate update =
        update(
            s -> {
              s.set(M, s.weight());
              s.setWeight(s.weight().times(2));
              s.evaluateWith(s.slot(M).plus(s.weight()));
            },
            w);
    update.step(2, 1);
    assertEquals(6, w.weights()[0]);
    assertEquals(9, update.evaluated(0)[0]);
    assertEquals(6, w.weights()[0]);
  }

  private static void refused(Consumer<StepBuilder> body) {
    assertThrows(IllegalArgumentException.class, () -> rule(body));
  }

  @Test
  void wrongDescriptionsAreRefused() {
    refused(_ -> {});
    refused(s -> s.setWeight(s.hyperparameter("momentum")));
    refused(s -> {
      s.setWeight(s.weight());
      s.setWeight(s.weight());
    });
    refused(s -> {
      s.setWeight(s.slot(M));
      s.slot(new Slot("m", 1));
    });
    refused(s -> {
      s.setWeight(s.weight());
      s.set(M, s.weight());
      s.set(M, s.weight());
    });
    refused(s -> {
      s.setWeight(s.weight());
      s.set(FIRST, s.weight());
    });
    refused(s -> {
      s.setWeight(s.weight());
      s.set(FIRST, s.sum(Granularity.PARAMETER, s.weight()));
    });
    refused(s -> {
      s.setWeight(s.weight());
      s.set(new Slot("rows", Granularity.ROW, 0), s.sum(Granularity.COLUMN, s.weight()));
    });
    refused(s -> s.setWeight(s.sum(Granularity.WEIGHT, s.weight())));
    refused(s -> s.setWeight(s.sum(Granularity.ROW, s.sum(Granularity.COLUMN, s.weight()))));
    refused(s -> s.setWeight(s.mean(Granularity.GROUP, s.weight())));
    refused(s -> s.setWeight(s.slot(new Slot("pair", Granularity.ROW_PAIR, 0)).plus(s.weight())));
    refused(s -> {
      s.setWeight(s.weight());
      s.report("weight", s.weight());
    });
    refused(s -> {
      s.setWeight(s.weight());
      s.evaluateWith(s.weight());
      s.evaluateWith(s.weight());
    });
  }
}
