package dev.anneal.optimizers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.anneal.api.InputException;
import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.core.random.RandomStream;
import dev.anneal.testkit.DoubleUpdate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SAM on the sum of fourth powers, its gradient being that of where the weights are. */
class SamTest {
  private static final Catalogue CATALOGUE = Catalogue.load();
  private static final double[] FIRST = {1, -2, 0.5};
  private static final double[] SECOND = {0, 3};

  private static double slope(double w) {
    return w * w * w;
  }

  private final DoubleUpdate.Weights one = new DoubleUpdate.Weights(1, 3, FIRST.clone());
  private final DoubleUpdate.Weights two = new DoubleUpdate.Weights(2, 1, SECOND.clone());

  private void run(String text, int steps) {
    Optimizer optimizer = CATALOGUE.optimizer(text);
    DoubleUpdate update = new DoubleUpdate(optimizer, List.of(one, two), new RandomStream(0));
    Clock clock = new Clock(optimizer, Map.of());
    for (int step = 0; step < steps; step++) {
      update.step(this::differentiate, clock.next());
    }
  }

  private double differentiate() {
    for (DoubleUpdate.Weights each : List.of(one, two)) {
      for (int i = 0; i < each.weights().length; i++) {
        each.gradient()[i] = slope(each.weights()[i]);
      }
    }
    return 0;
  }

  /** The norm goes over both parameters. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theOtherOptimizerStepsAlongTheGradientNearby(boolean adaptive) {
    run("sam(sgd(0.01, momentum=0.9, dialect=torch), rho=0.3, adaptive=" + adaptive + ")", 6);
    double[] w = {1, -2, 0.5, 0, 3};
    double[] v = new double[5];
    for (int step = 0; step < 6; step++) {
      double squares = 0;
      for (double each : w) {
        squares += Math.pow(adaptive ? each * slope(each) : slope(each), 2);
      }
      for (int i = 0; i < w.length; i++) {
        double up = (adaptive ? w[i] * w[i] : 1) * slope(w[i]) * 0.3 / Math.sqrt(squares);
        v[i] = 0.9 * v[i] + slope(w[i] + up);
        w[i] -= 0.01 * v[i];
      }
    }
    assertArrayEquals(new double[] {w[0], w[1], w[2]}, one.weights(), 1e-12);
    assertArrayEquals(new double[] {w[3], w[4]}, two.weights(), 1e-12);
  }

  /** Then it is the other optimizer by itself, which takes no pass of this one for its own. */
  @ParameterizedTest
  @MethodSource
  void nearbyMayBeHere(String text) {
    run("sam(" + text + ", rho=0)", 13);
    double[] found = one.weights().clone();
    System.arraycopy(FIRST, 0, one.weights(), 0, 3);
    System.arraycopy(SECOND, 0, two.weights(), 0, 2);
    run(text, 13);
    assertArrayEquals(one.weights(), found);
  }

  private static Stream<String> nearbyMayBeHere() {
    return Variants.ALL.stream().filter(text -> CATALOGUE.optimizer(text).passes() == 1);
  }

  /** What is measured is the mean of the weights after the steps, not of those nearby. */
  @Test
  void whatTheOtherOptimizerMeasuresWithIsMeasured() {
    Optimizer optimizer = CATALOGUE.optimizer("sam(schedule-free-sgd(0.1), rho=0.5)");
    DoubleUpdate update = new DoubleUpdate(optimizer, List.of(one), new RandomStream(0));
    Clock clock = new Clock(optimizer, Map.of());
    double z = 1;
    double x = 1;
    for (int step = 1; step <= 4; step++) {
      update.step(() -> one.gradient()[0] = 1, clock.next());
      z -= 0.1;
      x += (z - x) / step;
      assertEquals(0.1 * z + 0.9 * x, one.weights()[0], 1e-15);
      assertEquals(x, update.evaluated(0)[0], 1e-15);
    }
  }

  @Test
  void oneGradientMoreIsEnough() {
    var error = assertThrows(InputException.class, () -> CATALOGUE.optimizer("sam(sam(sgd(0.1)))"));
    assertEquals(
        "sam: the optimizer within it takes several gradients a step itself", error.getMessage());
  }
}
