package dev.anneal.optimizers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.optimizer.Granularity;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.optimizer.Slot;
import dev.anneal.core.kernel.Width;
import dev.anneal.core.update.UpdateCompiler;
import dev.anneal.core.update.UpdateProgram;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Rules that look at a parameter as a whole, for a matrix of 3 x 4 and in forms for which there are
 * no figures of another framework: each beside its published formula, written out with loops.
 */
class MatricesTest {
  private static final int ROWS = 3;
  private static final int COLUMNS = 4;
  private static final int N = ROWS * COLUMNS;

  /** The step of a formula: changes the weights. */
  @FunctionalInterface
  private interface Formula {
    void step(double[] w, double[] g, int s);
  }

  private static void check(String text, Formula formula) {
    check(text, (_, w, g, s) -> formula.step(w, g, s));
  }

  /** One that knows the loss. */
  @FunctionalInterface
  private interface LossFormula {
    void step(double loss, double[] w, double[] g, int s);
  }

  private static void check(String text, LossFormula formula) {
    Random random = new Random(3);
    double[] w = random.doubles(N, -1, 1).toArray();
    double[] first = w.clone();
    Doubles run = new Doubles(Catalogue.load().optimizer(text), Map.of(), ROWS, w);
    for (int s = 1; s <= 12; s++) {
      double[] g = random.doubles(N, -1, 1).toArray();
      double loss = 2.0 / s;
      formula.step(loss, w, g, s);
      run.step(loss, g);
      assertArrayEquals(w, run.weights(), 1e-11, text + " at step " + s);
    }
    assertTrue(Math.abs(w[0] - first[0]) > 1e-4, "it has moved");
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double norm(double[] a) {
    return Math.sqrt(dot(a, a));
  }

  private static double rms(double[] a) {
    return norm(a) / Math.sqrt(a.length);
  }

  private final double[] m = new double[N];
  private final double[] v = new double[N];
  private final double[] d = new double[N];
  private final double[] r = new double[ROWS];
  private final double[] c = new double[COLUMNS];
  private double x;
  private double y;
  private double z;

  private double[] adam(double[] g, int s, double epsilon) {
    for (int i = 0; i < N; i++) {
      m[i] = 0.9 * m[i] + 0.1 * g[i];
      v[i] = 0.999 * v[i] + 0.001 * g[i] * g[i];
      double root = Math.sqrt(v[i] / (1 - Math.pow(0.999, s)));
      d[i] = m[i] / (1 - Math.pow(0.9, s)) / (root + epsilon);
    }
    return d;
  }

  @Test
  void lambWithTheDecayOfThePaper() {
    check(
        "lamb(0.01, weight_decay=0.3, dialect=optax)",
        (w, g, s) -> {
          adam(g, s, 1e-7);
          for (int i = 0; i < N; i++) {
            d[i] += 0.3 * w[i];
          }
          double ratio = norm(w) / norm(d);
          for (int i = 0; i < N; i++) {
            w[i] -= 0.01 * ratio * d[i];
          }
        });
  }

  @Test
  void lambWithCoupledDecay() {
    check(
        "lamb(0.01, weight_decay=0.3, weight_decay_form=coupled)",
        (w, g, s) -> {
          for (int i = 0; i < N; i++) {
            g[i] += 0.3 * w[i];
          }
          adam(g.clone(), s, 1e-7);
          double ratio = norm(w) / norm(d);
          for (int i = 0; i < N; i++) {
            g[i] -= 0.3 * w[i];
          }
          for (int i = 0; i < N; i++) {
            w[i] -= 0.01 * ratio * d[i];
          }
        });
  }

  /** Where there is no weight the ratio is 1, and the step that of Adam. */
  @Test
  void lambFromZero() {
    Doubles lamb = new Doubles(Catalogue.load().optimizer("lamb(0.01)"), 0, 0);
    Doubles adam = new Doubles(Catalogue.load().optimizer("adam(0.01, dialect=torch)"), 0, 0);
    lamb.step(0.5, -0.1);
    adam.step(0.5, -0.1);
    assertArrayEquals(adam.weights(), lamb.weights(), 1e-15);
  }

  @Test
  void larsWithNesterovAndDecay() {
    check(
        "lars(0.5, trust_coefficient=0.02, epsilon=0.1, nesterov=true, weight_decay=0.3)",
        (w, g, _) -> {
          for (int i = 0; i < N; i++) {
            d[i] = g[i] + 0.3 * w[i];
          }
          double ratio = 0.02 * norm(w) / (norm(d) + 0.1);
          for (int i = 0; i < N; i++) {
            m[i] = 0.9 * m[i] + 0.5 * ratio * d[i];
            w[i] -= 0.9 * m[i] + 0.5 * ratio * d[i];
          }
        });
  }

  @Test
  void novogradWithDecay() {
    check(
        "novograd(0.01, beta_2=0.98, weight_decay=0.3)",
        (w, g, s) -> {
          x = s == 1 ? dot(g, g) : 0.98 * x + 0.02 * dot(g, g);
          for (int i = 0; i < N; i++) {
            m[i] = 0.9 * m[i] + g[i] / (Math.sqrt(x) + 1e-6) + 0.3 * w[i];
            w[i] -= 0.01 * m[i];
          }
        });
  }

  private double[] squares(double[] g, double kept, double epsilon, double least) {
    for (int row = 0; row < ROWS; row++) {
      double mean = 0;
      for (int column = 0; column < COLUMNS; column++) {
        mean += (g[row * COLUMNS + column] * g[row * COLUMNS + column] + epsilon) / COLUMNS;
      }
      r[row] = kept * r[row] + (1 - kept) * mean;
    }
    for (int column = 0; column < COLUMNS; column++) {
      double mean = 0;
      for (int row = 0; row < ROWS; row++) {
        mean += (g[row * COLUMNS + column] * g[row * COLUMNS + column] + epsilon) / ROWS;
      }
      c[column] = kept * c[column] + (1 - kept) * mean;
    }
    double mean = Math.max(least, Arrays.stream(r).average().orElseThrow());
    double[] squares = new double[N];
    Arrays.setAll(squares, i -> r[i / COLUMNS] / mean * c[i % COLUMNS]);
    return squares;
  }

  private void adafactor(double[] w, double[] g, double rate, double[] squares, double least) {
    for (int i = 0; i < N; i++) {
      d[i] = g[i] / Math.max(least, Math.sqrt(squares[i]));
    }
    double size = rate / Math.max(1, rms(d) / 0.8);
    for (int i = 0; i < N; i++) {
      w[i] -= size * d[i];
    }
  }

  /** Keras decays the weights, then looks at them; epsilon is large so that it is seen. */
  @Test
  void adafactorOfKeras() {
    check(
        "adafactor(0.4, epsilon_1=0.01, clip_threshold=0.8, weight_decay=0.1)",
        (w, g, s) -> {
          for (int i = 0; i < N; i++) {
            w[i] -= 0.4 * 0.1 * w[i];
          }
          double rate = Math.min(0.4, 1 / Math.sqrt(s)) * Math.max(0.001, rms(w));
          adafactor(w, g, rate, squares(g, 1 - Math.pow(s, -0.8), 0.01, 0), 0);
        });
  }

  /** PyTorch looks at the weights, then decays them, and has epsilon for a bound. */
  @Test
  void adafactorOfTorch() {
    check(
        "adafactor(0.4, epsilon_1=0.3, clip_threshold=0.8, weight_decay=0.1, dialect=torch)",
        (w, g, s) -> {
          double rate = Math.min(0.4, 1 / Math.sqrt(s)) * Math.max(0.001, rms(w));
          for (int i = 0; i < N; i++) {
            w[i] -= 0.4 * 0.1 * w[i];
          }
          adafactor(w, g, rate, squares(g, 1 - Math.pow(s, -0.8), 0, 0.3), 0.3);
        });
  }

  /** A bound that is sometimes above what it bounds, and sometimes below. */
  @Test
  void adafactorOfTorchAtItsBound() {
    check(
        "adafactor(0.4, epsilon_1=0.5, clip_threshold=0.8, scale_parameter=false, dialect=torch)",
        (w, g, s) ->
            adafactor(
                w,
                g,
                Math.min(0.4, 1 / Math.sqrt(s)),
                squares(g, 1 - Math.pow(s, -0.8), 0, 0.5),
                0.5));
  }

  /** Sides as long as the least are factored, shorter ones are not, nor is a row. */
  @Test
  void adafactorKeepsRowsAndColumnsOfWhatIsLongEnough() {
    var optimizer = Catalogue.load().optimizer("adafactor(min_dim_size_to_factor=3)");
    assertEquals(List.of("r", "c"), slots(optimizer, 3, 4));
    assertEquals(List.of("r", "c"), slots(optimizer, 4, 3));
    assertEquals(List.of("v"), slots(optimizer, 2, 4));
    assertEquals(List.of("v"), slots(optimizer, 4, 2));
    assertEquals(List.of("v"), slots(Catalogue.load().optimizer("adafactor"), 1, 4));
  }

  private static List<String> slots(Optimizer optimizer, int rows, int columns) {
    return UpdateCompiler.compile(optimizer, new UpdateProgram.Shape(rows, columns), 0)
        .slots()
        .stream()
        .map(Slot::name)
        .toList();
  }

  /** One distance for each parameter, or one for all. */
  @Test
  void dogGoesByParametersOrByTheGroup() {
    for (boolean layerwise : new boolean[] {true, false}) {
      var optimizer = Catalogue.load().optimizer("dog(layerwise=" + layerwise + ")");
      Granularity expected = layerwise ? Granularity.PARAMETER : Granularity.GROUP;
      List<Granularity> granularities =
          UpdateCompiler.compile(optimizer, new UpdateProgram.Shape(2, 2), 0).slots().stream()
              .map(Slot::granularity)
              .filter(granularity -> granularity != Granularity.WEIGHT)
              .toList();
      assertEquals(List.of(expected, expected), granularities);
    }
  }

  @Test
  void adafactorOfOptaxWithMomentum() {
    check(
        "adafactor(0.4, epsilon_2=2, clip_threshold=0.8, momentum=0.9, dialect=optax)",
        (w, g, s) -> {
          double[] step = new double[N];
          adafactor(step, g, 0.4 * 2, squares(g, 1 - Math.pow(s, -0.8), 1e-30, 0), 0);
          for (int i = 0; i < N; i++) {
            m[i] = 0.9 * m[i] + 0.1 * step[i];
            w[i] += m[i];
          }
        });
  }

  @Test
  void adafactorThatKeepsNoRows() {
    check(
        "adafactor(0.4, clip_threshold=0.8, scale_parameter=false, min_dim_size_to_factor=4)",
        (w, g, s) -> {
          double kept = 1 - Math.pow(s, -0.8);
          for (int i = 0; i < N; i++) {
            v[i] = kept * v[i] + (1 - kept) * (g[i] * g[i] + 1e-30);
          }
          adafactor(w, g, Math.min(0.4, 1 / Math.sqrt(s)), v, 0);
        });
  }

  /** A mean that falls by twelve orders of magnitude at once must not become 0. */
  @Test
  void adafactorAfterAGreatGradient() {
    var optimizer = Catalogue.load().optimizer("adafactor(0.01, beta_2_decay=0)");
    Floats run = new Floats(optimizer, Width.SCALAR, 1, 2);
    run.step(1e6f, 1e6f);
    for (float w : run.step(1e-6f, 1e-6f)) {
      assertTrue(Float.isFinite(w));
    }
  }

  @Test
  void sm3() {
    check(
        "sm3(0.1)",
        (w, g, _) -> {
          double[] a = new double[N];
          Arrays.setAll(a, i -> g[i] * g[i] + Math.min(r[i / COLUMNS], c[i % COLUMNS]));
          for (int i = 0; i < N; i++) {
            r[i / COLUMNS] = Math.max(r[i / COLUMNS], a[i]);
            c[i % COLUMNS] = Math.max(c[i % COLUMNS], a[i]);
            m[i] = 0.9 * m[i] + 0.1 * g[i] / Math.sqrt(a[i] + 1e-8);
            w[i] -= 0.1 * m[i];
          }
        });
  }

  @Test
  void madgradWithDecay() {
    check(
        "madgrad(0.05, weight_decay=0.2)",
        (w, g, s) -> {
          for (int i = 0; i < N; i++) {
            d[i] = s == 1 ? w[i] : d[i];
            double with = g[i] + 0.2 * w[i];
            m[i] += (0.05 + 1e-6) * Math.sqrt(s) * with;
            v[i] += (0.05 + 1e-6) * Math.sqrt(s) * with * with;
            w[i] = 0.9 * w[i] + 0.1 * (d[i] - m[i] / (Math.cbrt(v[i]) + 1e-6));
          }
        });
  }

  private void dog(double[] w, double[] g, int s, double begin, boolean asRate) {
    if (s == 1) {
      System.arraycopy(w, 0, d, 0, N);
      x = asRate ? 0 : begin;
    }
    double[] away = new double[N];
    Arrays.setAll(away, i -> w[i] - d[i]);
    x = Math.max(x, norm(away));
    y += dot(g, g);
    double rate = asRate && s == 1 ? begin : x / Math.sqrt(y + 1e-8);
    for (int i = 0; i < N; i++) {
      w[i] -= 0.5 * rate * g[i];
    }
  }

  @Test
  void dogFromADistance() {
    check(
        "dog(0.5, initial=0.2, initial_as=distance, layerwise=true)",
        (w, g, s) -> dog(w, g, s, 0.2, false));
  }

  @Test
  void dogFromARate() {
    check("dog(0.5, initial=0.2, initial_as=learning_rate)", (w, g, s) -> dog(w, g, s, 0.2, true));
  }

  @Test
  void dogFromThePartOfTheWeights() {
    check("dog(0.5, initial=0.2)", (w, g, s) -> dog(w, g, s, 0.2 * (1 + norm(w)), false));
  }

  @Test
  void dowgFromADistance() {
    check(
        "dowg(0.5, initial=0.2, epsilon=0.1)",
        (w, g, s) -> {
          if (s == 1) {
            System.arraycopy(w, 0, d, 0, N);
            x = 0.2;
          }
          double[] away = new double[N];
          Arrays.setAll(away, i -> w[i] - d[i]);
          x = Math.max(x, dot(away, away));
          y += x * dot(g, g);
          for (int i = 0; i < N; i++) {
            w[i] -= 0.5 * x / (Math.sqrt(y) + 0.1) * g[i];
          }
        });
  }

  /** The loss falls to the least that can be, and below it. */
  @Test
  void polyakWithALeastLoss() {
    for (boolean positive : new boolean[] {true, false}) {
      check(
          "polyak-sgd(0.1, lowest=0.3, epsilon=0.5, positive=" + positive + ")",
          (loss, w, g, _) -> {
            double gap = positive ? Math.max(0, loss - 0.3) : loss - 0.3;
            double size = Math.min(0.1, gap / (dot(g, g) + 0.5));
            for (int i = 0; i < N; i++) {
              w[i] -= size * g[i];
            }
          });
    }
  }

  /** The last lines of the algorithms of the paper, with an estimate that is at work. */
  private void momo(double[] w, double[] direction, double rate, double correction, double decay) {
    double shrink = 1 + rate * decay;
    double along = dot(m, w);
    double divisor = dot(m, direction);
    double cap = shrink * (x - y) + along;
    if (cap < shrink * correction * z) {
      z = Math.max(cap / (2 * correction * shrink), 0.1);
    }
    double polyak = Math.max(shrink * (x - correction * z - y) + along, 0) / divisor;
    double size = Math.min(rate / correction, polyak);
    z = Math.max((x + along - y - size * divisor / 2) / correction, 0.1);
    for (int i = 0; i < N; i++) {
      w[i] = w[i] / shrink - size * direction[i];
    }
  }

  @Test
  void momoThatEstimatesTheLeastLoss() {
    z = 0.1;
    check(
        "momo(0.5, beta=0.8, lowest=0.1, adaptive=true, weight_decay=0.3)",
        (loss, w, g, s) -> {
          double kept = s == 1 ? 0 : 0.8;
          x = kept * x + (1 - kept) * loss;
          y = kept * y + (1 - kept) * dot(g, w);
          for (int i = 0; i < N; i++) {
            m[i] = kept * m[i] + (1 - kept) * g[i];
          }
          momo(w, m, 0.5, 1, 0.3);
        });
  }

  @Test
  void momoAdamThatEstimatesTheLeastLoss() {
    z = 0.1;
    check(
        "momo-adam(0.5, lowest=0.1, adaptive=true, weight_decay=0.3)",
        (loss, w, g, s) -> {
          x = 0.9 * x + 0.1 * loss;
          y = 0.9 * y + 0.1 * dot(g, w);
          double correction = 1 - Math.pow(0.9, s);
          double[] direction =
              Arrays.stream(adam(g, s, 1e-8)).map(each -> each * correction).toArray();
          momo(w, direction, 0.5, correction, 0.3);
        });
  }

  @Test
  void whatScalesIsReported() {
    var optimizer = Catalogue.load().optimizer("lars(1, trust_coefficient=0.5)");
    var run = new Doubles(optimizer, 3, 4);
    run.step(0, 2);
    assertEquals(Map.of("trust_ratio", 1.25), run.reports());
  }
}
