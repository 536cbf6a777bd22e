package dev.anneal.nn.minimize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.InputException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

class LbfgsTest {
  private static double rosenbrock(double[] w, double[] g) {
    double valley = w[1] - w[0] * w[0];
    g[0] = -2 * (1 - w[0]) - 400 * w[0] * valley;
    g[1] = 200 * valley;
    return (1 - w[0]) * (1 - w[0]) + 100 * valley * valley;
  }

  private static double quadratic(double[] w, double[] g) {
    double[] curvature = {1, 10, 100, 0.5};
    double sum = 0;
    for (int i = 0; i < w.length; i++) {
      g[i] = curvature[i] * (w[i] - 1);
      sum += curvature[i] * (w[i] - 1) * (w[i] - 1) / 2;
    }
    return sum;
  }

  /** Weights after each step, losses and the number of evaluations are PyTorch's. */
  @TestFactory
  Stream<DynamicTest> theIterationsAreThoseOfPyTorch() {
    return Golden.cases("torch113_opt_lbfgs")
        .map(golden -> DynamicTest.dynamicTest(golden.get("case").asString(), () -> check(golden)));
  }

  private static void check(JsonNode golden) {
    JsonNode params = golden.get("params");
    DifferentiableFunction objective =
        golden.get("input").get("objective").asString().startsWith("rosenbrock")
            ? LbfgsTest::rosenbrock
            : LbfgsTest::quadratic;
    Lbfgs.Run run =
        new Lbfgs()
            .withLearningRate(params.get("lr").asDouble())
            .withMost(params.get("max_iter").asInt(), params.get("max_eval").asInt())
            .withTolerances(
                params.get("tolerance_grad").asDouble(), params.get("tolerance_change").asDouble())
            .withHistory(params.get("history_size").asInt())
            .withStrongWolfe(!params.get("line_search_fn").isNull())
            .start();
    double[] weights = Golden.numbers(golden.get("input").get("x0"));
    double relative = golden.get("tolerance").get("rtol").asDouble();
    double absolute = golden.get("tolerance").get("atol").asDouble();
    JsonNode expected = golden.get("expected");
    for (int k = 0; k < expected.size(); k++) {
      double loss = golden.get("loss_at_start_of_each_step").get(k).asDouble();
      assertEquals(loss, run.step(weights, objective), absolute + relative * loss, "loss " + k);
      for (int i = 0; i < weights.length; i++) {
        double theirs = expected.get(k).get(i).asDouble();
        assertEquals(theirs, weights[i], absolute + relative * Math.abs(theirs), "step " + k);
      }
    }
    assertEquals(8, expected.size());
    assertEquals(golden.get("n_func_evals").asInt(), run.evaluations());
  }

  @Test
  void rosenbrocksValleyIsWalkedToItsEnd() {
    Lbfgs.Run run = new Lbfgs().withStrongWolfe(true).withTolerances(1e-9, 1e-15).start();
    double[] weights = {-1.2, 1};
    assertFalse(run.isDone());
    for (int step = 0; step < 10 && !run.isDone(); step++) {
      run.step(weights, LbfgsTest::rosenbrock);
    }
    assertTrue(run.isDone());
    assertEquals(1, weights[0], 1e-6);
    assertEquals(1, weights[1], 1e-6);
    assertTrue(run.iterations() < 50);
  }

  /** Of a quadratic the inverse Hessian is known after as many searches as there are weights. */
  @Test
  void theCurvatureOfAQuadraticIsLearned() {
    Lbfgs.Run run = new Lbfgs().withStrongWolfe(true).withTolerances(1e-10, 1e-20).start();
    double[] weights = {3, -2, 0.5, 10};
    for (int step = 0; step < 5 && !run.isDone(); step++) {
      run.step(weights, LbfgsTest::quadratic);
    }
    for (double each : weights) {
      assertEquals(1, each, 1e-9);
    }
  }

  /** Each move is a step down under the conditions of Wolfe. */
  @Test
  void aSearchFulfilsTheStrongConditions() {
    List<double[]> walked = new ArrayList<>();
    Lbfgs.Run run = new Lbfgs().withMost(1, 25).withStrongWolfe(true).start();
    double[] weights = {-1.2, 1};
    for (int step = 0; step < 25; step++) {
      walked.add(weights.clone());
      run.step(weights, LbfgsTest::rosenbrock);
    }
    double[] g = new double[2];
    double[] next = new double[2];
    for (int k = 1; k < walked.size(); k++) {
      double[] from = walked.get(k - 1);
      double[] to = walked.get(k);
      double before = rosenbrock(from, g);
      double after = rosenbrock(to, next);
      double slope = g[0] * (to[0] - from[0]) + g[1] * (to[1] - from[1]);
      double flattened = next[0] * (to[0] - from[0]) + next[1] * (to[1] - from[1]);
      assertTrue(slope < 0);
      assertTrue(after <= before + 1e-4 * slope, "decrease " + k);
      assertTrue(Math.abs(flattened) <= -0.9 * slope, "slope " + k);
    }
  }

  @Test
  void atTheMinimumNothingMoves() {
    Lbfgs.Run run = new Lbfgs().start();
    double[] weights = {1, 1, 1, 1};
    assertEquals(0, run.step(weights, LbfgsTest::quadratic));
    assertTrue(run.isDone());
    assertEquals(1, run.evaluations());
    assertEquals(1, weights[2]);
  }

  /** {@code curvature w^2 / 2}. */
  private static DifferentiableFunction parabola(double curvature) {
    return (w, g) -> {
      g[0] = curvature * w[0];
      return curvature * w[0] * w[0] / 2;
    };
  }

  private static void endsAt(double end, Lbfgs options, double curvature, double start) {
    Lbfgs.Run run = options.start();
    double[] weights = {start};
    double value = run.step(weights, parabola(curvature));
    assertEquals(curvature * start * start / 2, value);
    assertEquals(end, weights[0], 1e-12);
    assertTrue(run.isDone());
    assertEquals(end == start ? 1 : 2, run.evaluations());
    assertEquals(1, run.iterations());
  }

  private static void goesOn(Lbfgs options, double curvature, double start) {
    Lbfgs.Run run = options.start();
    run.step(new double[] {start}, parabola(curvature));
    assertTrue(run.iterations() > 1);
  }

  /** The first move is of length 1 against gradients beyond 1. */
  @Test
  void aSmallGradientEndsAStep() {
    endsAt(3, new Lbfgs().withTolerances(3, 0), 1, 4);
    goesOn(new Lbfgs().withTolerances(2.99, 0), 1, 4);
    Lbfgs.Run run = new Lbfgs().withTolerances(4, 0).start();
    assertEquals(8, run.step(new double[] {4}, parabola(1)));
    assertTrue(run.isDone());
    assertEquals(0, run.iterations());
  }

  @Test
  void aSmallMoveEndsAStep() {
    endsAt(3, new Lbfgs().withTolerances(0, 1), 1, 4);
    goesOn(new Lbfgs().withTolerances(0, 0.99), 1, 4);
  }

  /** From 50 to 49.5, from 12.5 to 12.25125, along a slope of -0.25. */
  @Test
  void aSmallChangeEndsAStep() {
    double[] g = new double[1];
    double change =
        parabola(0.01).evaluate(new double[] {50}, g)
            - parabola(0.01).evaluate(new double[] {49.5}, g);
    endsAt(49.5, new Lbfgs().withTolerances(0, Math.nextUp(change)), 0.01, 50);
    goesOn(new Lbfgs().withTolerances(0, change), 0.01, 50);
  }

  @Test
  void aSmallSlopeEndsAStep() {
    endsAt(50, new Lbfgs().withTolerances(0, 0.2501), 0.01, 50);
    Lbfgs.Run run = new Lbfgs().withTolerances(0, 0.25).start();
    double[] weights = {50};
    run.step(weights, parabola(0.01));
    assertEquals(49.5, weights[0], 1e-12);
  }

  /** After the last evaluation a step knows whether it has arrived, if it has looked. */
  @Test
  void theLastIterationOfAStepTellsWhetherItIsDone() {
    Lbfgs exact = new Lbfgs().withTolerances(0, 0);
    for (boolean search : new boolean[] {false, true}) {
      Lbfgs.Run run = exact.withStrongWolfe(search).withMost(10, 2).start();
      double[] weights = {1};
      run.step(weights, parabola(1));
      assertEquals(0, weights[0]);
      assertTrue(run.isDone());
      assertEquals(2, run.evaluations());
      run = exact.withStrongWolfe(search).withMost(1, 10).start();
      run.step(new double[] {1}, parabola(1));
      assertEquals(search, run.isDone());
      run = exact.withStrongWolfe(search).withMost(10, 2).start();
      run.step(new double[] {4}, parabola(1));
      assertFalse(run.isDone());
      assertEquals(1, run.iterations());
    }
  }

  @Test
  void theLeastOptionsAreTaken() {
    Lbfgs least =
        new Lbfgs().withLearningRate(0.25).withMost(1, 1).withTolerances(0, 0).withHistory(1);
    assertEquals(new Lbfgs(0.25, 1, 1, 0, 0, 1, false), least);
    assertEquals(new Lbfgs(0.25, 1, 1, 0, 0, 1, true), least.withStrongWolfe(true));
    assertEquals(new Lbfgs(1, 20, 25, 1e-7, 1e-9, 100, false), new Lbfgs());
  }

  @Test
  void optionsOutOfRangeAreRefused() {
    var error = assertThrows(InputException.class, () -> new Lbfgs().withHistory(0));
    assertEquals("lbfgs: history is out of range: 0.0", error.getMessage());
    for (double rate : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThrows(InputException.class, () -> new Lbfgs().withLearningRate(rate));
    }
    assertThrows(InputException.class, () -> new Lbfgs().withMost(0, 1));
    assertThrows(InputException.class, () -> new Lbfgs().withTolerances(0, -1));
    assertThrows(InputException.class, () -> new Lbfgs().withMost(1, 0));
    assertThrows(InputException.class, () -> new Lbfgs().withTolerances(-1, 0));
  }
}
