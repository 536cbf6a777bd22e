package dev.anneal.optimizers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.optimizers.matrix.Matrices;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the figures of Keras and Optax leave open. */
class MuonTest {
  private static final Catalogue CATALOGUE = Catalogue.load();

  private static Doubles start(String text, double[][] weights) {
    return new Doubles(CATALOGUE.optimizer(text), Map.of(), weights.length, Matrices.flat(weights));
  }

  /** Newton and Schulz as PyTorch has it, on the layout [outputs x inputs]. */
  private static double[][] orthogonal(double[][] gradient) {
    boolean tall = gradient.length > gradient[0].length;
    double[][] x = tall ? Matrices.transposed(gradient) : gradient;
    double norm = Math.max(Matrices.norm(x), 1e-7);
    x = Matrices.map(x, each -> each / norm);
    for (int i = 0; i < 5; i++) {
      double[][] gram = Matrices.product(x, Matrices.transposed(x));
      double[][] polynomial =
          Matrices.map(
              gram, Matrices.product(gram, gram), (one, two) -> -4.7750 * one + 2.0315 * two);
      x = Matrices.map(x, Matrices.product(polynomial, x), (before, by) -> 3.4445 * before + by);
    }
    return tall ? Matrices.transposed(x) : x;
  }

  /** Its layout is the transposed one, and so is the factor of shapes. */
  @ParameterizedTest
  @CsvSource({"2, 5, false", "5, 2, false", "4, 4, false", "3, 4, true", "6, 1, true"})
  void theFormOfPyTorch(int inputs, int outputs, boolean matchAdamW) {
    Random random = new Random(3);
    double[][] weights = Matrices.random(inputs, outputs, random);
    String rms = matchAdamW ? "0.2" : "0";
    Doubles ours =
        start("muon(0.1, weight_decay=0.1, rms_rate=" + rms + ", dialect=torch)", weights);
    double[][] theirs = Matrices.transposed(weights);
    double[][] buffer = new double[outputs][inputs];
    double factor =
        matchAdamW
            ? 0.2 * Math.sqrt(Math.max(outputs, inputs))
            : Math.sqrt(Math.max(1, (double) outputs / inputs));
    for (int step = 0; step < 10; step++) {
      double[][] gradient = Matrices.random(inputs, outputs, random);
      ours.step(Matrices.flat(gradient));
      double[][] g = Matrices.transposed(gradient);
      buffer = Matrices.map(buffer, g, (b, each) -> 0.95 * b + 0.05 * each);
      double[][] mixed = Matrices.map(buffer, g, (b, each) -> 0.95 * b + 0.05 * each);
      theirs =
          Matrices.map(theirs, orthogonal(mixed), (w, o) -> w * (1 - 0.1 * 0.1) - 0.1 * factor * o);
      assertArrayEquals(Matrices.flat(Matrices.transposed(theirs)), ours.weights(), 1e-10);
    }
  }

  /** All directions count alike: the singular values of a step are about 1. */
  @Test
  void aStepIsNearlyOrthogonal() {
    double[][] gradient = Matrices.random(4, 7, new Random(1));
    Doubles run = start("muon(1, rms_rate=0, weight_decay=0)", new double[4][7]);
    run.step(Matrices.flat(gradient));
    double[][] step = Matrices.of(4, run.weights());
    double[][] gram = Matrices.product(step, Matrices.transposed(step));
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 4; j++) {
        assertEquals(i == j ? 1 : 0, gram[i][j], 0.55);
      }
    }
    double along = 0;
    for (int i = 0; i < 28; i++) {
      along += Matrices.flat(gradient)[i] * run.weights()[i];
    }
    assertTrue(along < 0);
  }

  @Test
  void aGradientOfZeroMovesNoMatrix() {
    double[][] weights = Matrices.random(3, 2, new Random(1));
    Doubles run = start("muon(1, weight_decay=0)", weights);
    run.step(new double[6]);
    assertArrayEquals(Matrices.flat(weights), run.weights());
  }

  /** A row is a bias, and moves as AdamW, or Nadam, has it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "muon(0.1, beta_1=0.8, adam_weight_decay=0.01, adam_learning_rate_ratio=0.5)"
            + " | adamw(0.05, beta_1=0.8, weight_decay=0.01)",
        "muon(0.1, epsilon=0.1, dialect=torch) | adamw(0.1, epsilon=0.1, dialect=torch)",
        "muon(0.1, nesterov=false, adam_weight_decay=0, dialect=optax)"
            + " | adam(0.1, dialect=optax)",
        "muon(0.1, dialect=optax) | nadam(0.1, weight_decay=0.004, dialect=optax)",
      })
  void rowsMoveByAdamW(String muon, String other) {
    Random random = new Random(2);
    double[][] weights = Matrices.random(1, 5, random);
    Doubles one = start(muon, weights);
    Doubles two = start(other, weights);
    for (int step = 0; step < 10; step++) {
      double[] gradient = Matrices.flat(Matrices.random(1, 5, random));
      one.step(gradient);
      two.step(gradient);
      assertArrayEquals(two.weights(), one.weights(), 1e-15);
    }
  }
}
