package dev.anneal.optimizers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.core.kernel.Width;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Forms of rules for which there are no figures of another framework: each beside the formula that
 * is published, written out for one weight.
 */
class FormsTest {
  private static final double[] GRADIENTS = {
    0.5, -0.2, 0.3, 0, -0.7, 0.1, 0.4, -0.9, 0.2, 0.6, -0.3, 0.8
  };

  /** One step of a formula: the new weight. */
  @FunctionalInterface
  private interface Formula {
    double step(double w, double g, int s);
  }

  private static void check(String text, Formula formula) {
    Doubles run = new Doubles(Catalogue.load().optimizer(text), 0.8);
    double w = 0.8;
    for (int s = 1; s <= GRADIENTS.length; s++) {
      w = formula.step(w, GRADIENTS[s - 1], s);
      assertEquals(w, run.step(GRADIENTS[s - 1]), 1e-11, text + " at step " + s);
    }
    assertTrue(Math.abs(w - 0.8) > 1e-4, "it has moved");
  }

  private double m;
  private double v;
  private double x;

  /** PyTorch's buffer starts as the first gradient, whole. */
  @Test
  void dampening() {
    check(
        "sgd(0.1, momentum=0.9, dampening=0.4, dialect=torch)",
        (w, g, s) -> {
          m = s == 1 ? g : 0.9 * m + 0.6 * g;
          return w - 0.1 * m;
        });
  }

  @Test
  void dampeningWithoutMomentumDoesNothing() {
    check("sgd(0.1, dampening=0.4, dialect=torch)", (w, g, _) -> w - 0.1 * g);
  }

  /** Keras has the largest raw v in the place of v. */
  @Test
  void amsgradOfKeras() {
    check(
        "adam(0.01, beta_2=0.8, amsgrad=true)",
        (w, g, s) -> {
          m = 0.9 * m + 0.1 * g;
          v = 0.8 * v + 0.2 * g * g;
          x = Math.max(x, v);
          double rate = 0.01 * Math.sqrt(1 - Math.pow(0.8, s)) / (1 - Math.pow(0.9, s));
          return w - rate * m / (Math.sqrt(x) + 1e-7);
        });
  }

  @Test
  void amsgradWithDecoupledDecay() {
    check(
        "adamw(0.01, beta_2=0.8, amsgrad=true, weight_decay=0.2)",
        (w, g, s) -> {
          m = 0.9 * m + 0.1 * g;
          v = 0.8 * v + 0.2 * g * g;
          x = Math.max(x, v);
          double rate = 0.01 * Math.sqrt(1 - Math.pow(0.8, s)) / (1 - Math.pow(0.9, s));
          return w - 0.01 * 0.2 * w - rate * m / (Math.sqrt(x) + 1e-7);
        });
  }

  @Test
  void adagradWithTheFallingRateOfTorch() {
    check(
        "adagrad(0.1, lr_decay=0.5, dialect=torch)",
        (w, g, s) -> {
          x = (s == 1 ? 0.1 : x) + g * g;
          return w - 0.1 / (1 + (s - 1) * 0.5) * g / (Math.sqrt(x) + 1e-7);
        });
  }

  private double lookAhead(double g, int s) {
    return 0.9 * m / (1 - Math.pow(0.9, s + 1)) + 0.1 * g / (1 - Math.pow(0.9, s));
  }

  @Test
  void adabeliefThatLooksAhead() {
    check(
        "adabelief(0.01, nesterov=true)",
        (w, g, s) -> {
          m = 0.9 * m + 0.1 * g;
          v = 0.999 * v + 0.001 * (g - m) * (g - m) + 1e-16;
          double root = Math.sqrt(v / (1 - Math.pow(0.999, s)));
          return w - 0.01 * lookAhead(g, s) / (root + 1e-16);
        });
  }

  /** With this beta_2 the mean of squares is trusted from the sixth step on. */
  @Test
  void radamThatLooksAhead() {
    check(
        "radam(0.01, nesterov=true, dialect=optax)",
        (w, g, s) -> {
          m = 0.9 * m + 0.1 * g;
          v = 0.999 * v + 0.001 * g * g;
          double c = 1 - Math.pow(0.999, s);
          double longest = 1999;
          double length = longest - 2 * s * Math.pow(0.999, s) / c;
          assertEquals(s > 5, length >= 5);
          double part =
              Math.sqrt(
                  (length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length));
          return length < 5
              ? w - 0.01 * lookAhead(g, s)
              : w - 0.01 * part * lookAhead(g, s) / (Math.sqrt(v / c) + 1e-8);
        });
  }

  @Test
  void adoptWithoutClippingThatLooksAhead() {
    check(
        "adopt(0.01, beta_2=0.9, clipping=false, nesterov=true)",
        (w, g, s) -> {
          if (s == 1) {
            v = g * g;
            return w;
          }
          double d = g / Math.max(Math.sqrt(v), 1e-6);
          m = 0.9 * m + 0.1 * d;
          v = 0.9 * v + 0.1 * g * g;
          return w - 0.01 * (0.9 * m + 0.1 * d);
        });
  }

  /**
   * Keras's velocity holds the rate at which it was gathered, PyTorch's is taken at the present.
   */
  @Test
  void momentumOfRmspropWhileTheRateFalls() {
    for (boolean torch : new boolean[] {true, false}) {
      String dialect = torch ? "torch" : "keras";
      Doubles run =
          new Doubles(
              Catalogue.load().optimizer("rmsprop(momentum=0.9, dialect=" + dialect + ")"),
              Map.of("learning_rate", t -> 0.1 / (1 + t)),
              1,
              0.8);
      double w = 0.8;
      double velocity = 0;
      double squares = 0;
      for (int s = 1; s <= GRADIENTS.length; s++) {
        double g = GRADIENTS[s - 1];
        squares = 0.9 * squares + 0.1 * g * g;
        double d = g / (torch ? Math.sqrt(squares) + 1e-7 : Math.sqrt(squares + 1e-7));
        velocity = 0.9 * velocity + (torch ? d : 0.1 / s * d);
        w -= torch ? 0.1 / s * velocity : velocity;
        assertEquals(w, run.step(g), 1e-11, dialect);
      }
    }
  }

  /**
   * A mean x of the z counts them by the square of the largest rate so far; it trains at y, between
   * the two. In Optax z moves by the rate of the step before.
   */
  private static void scheduleFree(String text, boolean adam, boolean behind) {
    double[] rates = {0.1, 0.4, 0.3, 0.2, 0.2, 0.1, 0.05, 0.5};
    Doubles run =
        new Doubles(
            Catalogue.load().optimizer(text), Map.of("learning_rate", t -> rates[t]), 1, 0.8);
    double x = 0.8;
    double y = 0.8;
    double z = 0.8;
    double v = 0;
    double largest = 0;
    double sum = 0;
    for (int s = 1; s <= rates.length; s++) {
      double g = GRADIENTS[s - 1];
      double rate = rates[s - 1] * Math.min(1, s / 4.0);
      largest = Math.max(largest, rate);
      sum += largest * largest;
      double part = largest * largest / sum;
      v = 0.999 * v + 0.001 * g * g;
      double d = adam ? g / (Math.sqrt(v / (1 - Math.pow(0.999, s))) + 1e-8) : g;
      z -= (behind ? rates[s - 1] * Math.min(1, (s - 1) / 4.0) : rate) * (d + 0.2 * y);
      x += part * (z - x);
      y = 0.9 * x + 0.1 * z;
      assertEquals(y, run.step(g), 1e-11, text + " at step " + s);
      assertEquals(x, run.evaluated()[0], 1e-11, text + " at step " + s);
    }
  }

  @Test
  void scheduleFreeThatWarmsUpThenSlowsDown() {
    String more = "(warmup_steps=4, weight_decay=0.2, dialect=";
    scheduleFree("schedule-free-sgd" + more + "torch)", false, false);
    scheduleFree("schedule-free-sgd" + more + "optax)", false, true);
    scheduleFree("schedule-free-adamw" + more + "torch)", true, false);
    scheduleFree("schedule-free-adamw" + more + "optax)", true, true);
  }

  /** The farthest that it has been counts, also after it has turned round. */
  @Test
  void dowgThatTurnsRound() {
    Doubles run = new Doubles(Catalogue.load().optimizer("dowg(2, initial=0.01)"), 0.8);
    double w = 0.8;
    double far = 0.01;
    boolean back = false;
    for (int s = 1; s <= 20; s++) {
      double g = s < 12 ? 1 : -1;
      double away = (w - 0.8) * (w - 0.8);
      back |= away < far && s > 12;
      far = Math.max(far, away);
      x += far * g * g;
      w -= 2 * far / (Math.sqrt(x) + 1e-4) * g;
      assertEquals(w, run.step(g), 1e-11, "step " + s);
    }
    assertTrue(back, "it has turned round");
  }

  /**
   * The authors' code; the estimate grows fast in the first step that it does, then slowly towards
   * the largest that was found, though less be found later.
   */
  @Test
  void prodigyThatGrowsSlowly() {
    assertFalse(Doubles.slots(Catalogue.load().optimizer("prodigy")).contains("d_max"));
    Doubles run =
        new Doubles(
            Catalogue.load().optimizer("prodigy(d0=0.01, growth_rate=1.05, d_coef=2)"), 0.8);
    double w = 0.8;
    double d = 0.01;
    double most = 0.01;
    double numerator = 0;
    double s = 0;
    double kept = Math.sqrt(0.999);
    int slow = 0;
    for (int step = 1; step <= 12; step++) {
      double g = step < 7 ? 0.4 + 0.1 * step : -0.3;
      double rate = d;
      numerator = kept * numerator + d / 0.01 * rate * g * (0.8 - w);
      m = 0.9 * m + 0.1 * d * g;
      v = 0.999 * v + 0.001 * d * d * g * g;
      s = kept * s + d / 0.01 * rate * g;
      double estimate = 2 * numerator / Math.abs(s);
      if (d == 0.01) {
        d = Math.max(d, estimate);
      }
      most = Math.max(most, estimate);
      slow += d * 1.05 < most && estimate < d ? 1 : 0;
      d = Math.min(most, d * 1.05);
      w -= rate * m / (Math.sqrt(v) + d * 1e-8);
      assertEquals(w, run.step(g), 1e-11, "step " + step);
      assertEquals(d, run.reports().getOrDefault("d", Double.NaN), 1e-14);
    }
    assertTrue(slow > 0, "it grows towards what was found before");
  }

  @Test
  void signum() {
    check(
        "signum(0.01, momentum=0.8)",
        (w, g, _) -> {
          m = 0.8 * m + 0.2 * g;
          return w - 0.01 * Math.signum(m);
        });
  }

  @Test
  void signumWithoutMomentum() {
    assertEquals(List.of(), Doubles.slots(Catalogue.load().optimizer("signum(momentum=0)")));
    check("signum(0.01, momentum=0)", (w, g, _) -> w - 0.01 * Math.signum(g));
  }

  /** Keras states the rule with beta as a part of the L2 penalty. */
  private void ftrl(String more, double power, double decay) {
    x = 0.2;
    check(
        "ftrl(0.1, initial_accumulator=0.2, l1=0.05, l2=0.1, l2_shrinkage=0.03, beta=0.4" + more,
        (before, g, _) -> {
          double w = before - 0.1 * decay * before;
          double sum = x + g * g;
          double change = (Math.pow(sum, -power) - Math.pow(x, -power)) / 0.1;
          m += g + 2 * 0.03 * w - change * w;
          x = sum;
          double quadratic = Math.pow(sum, -power) / 0.1 + 2 * (0.1 + 0.4 / (2 * 0.1));
          return (Math.clamp(m, -0.05, 0.05) - m) / quadratic;
        });
  }

  @Test
  void ftrlWithEveryPenalty() {
    ftrl(")", -0.5, 0);
  }

  @Test
  void ftrlWithAnotherPower() {
    ftrl(", learning_rate_power=-0.7)", -0.7, 0);
  }

  @Test
  void ftrlWithAConstantRate() {
    ftrl(", learning_rate_power=0)", 0, 0);
  }

  @Test
  void ftrlWithWeightDecay() {
    ftrl(", weight_decay=0.5)", -0.5, 0.5);
  }

  /** The root of 0 is no divisor: the first weight would be beyond 1e12. */
  @Test
  void ftrlTakesAGradientWhoseSquareIsNoFloatForNone() {
    Optimizer optimizer = Catalogue.load().optimizer("ftrl(0.1, initial_accumulator=0)");
    Floats run = new Floats(optimizer, Width.SCALAR, 0.5f, 0.5f, 0.5f);
    assertArrayEquals(new float[] {0, 0.4f, 0}, run.step(1e-25f, 1e-10f, 0), 1e-7f);
  }

  /** The steps of PyTorch, whatever scale ours are kept in. */
  @Test
  void rpropWithinItsBounds() {
    x = 0.01;
    check(
        "rprop(min_step=0.004, max_step=0.011)",
        (w, g, _) -> {
          double turn = Math.signum(g * m);
          x = Math.clamp(x * (turn > 0 ? 1.2 : turn < 0 ? 0.5 : 1), 0.004, 0.011);
          m = turn < 0 ? 0 : g;
          return w - x * Math.signum(m);
        });
  }

  /** While the rate is next to nothing the smallest step is a large part of it. */
  @Test
  void rpropAfterAWarmUp() {
    for (double sign : new double[] {1, -1}) {
      Doubles run =
          new Doubles(
              Catalogue.load().optimizer("rprop"),
              Map.of("learning_rate", t -> t < 3 ? 1e-12 : 0.01),
              1,
              0.8);
      double g = 1;
      for (int step = 0; step < 3; step++) {
        run.step(g);
        g *= sign;
      }
      double before = run.weights()[0];
      assertEquals(0.8, before, 1e-11);
      double moved = before - run.step(g);
      assertTrue(Math.abs(moved) <= 0.01 * 1.2 * 1.2 * 1.2 + 1e-15, "moved by " + moved);
    }
  }

  @Test
  void adanWithWeightDecay() {
    check(
        "adan(0.01, weight_decay=0.3)",
        (w, g, s) -> {
          double d = s == 1 ? 0 : g - GRADIENTS[s - 2];
          m = 0.98 * m + 0.02 * g;
          v = 0.92 * v + 0.08 * d;
          x = 0.99 * x + 0.01 * (g + 0.08 * d) * (g + 0.08 * d);
          double ahead = m / (1 - Math.pow(0.98, s)) + 0.08 * v / (1 - Math.pow(0.92, s));
          double root = Math.sqrt(x / (1 - Math.pow(0.99, s)) + 1e-8);
          return w - 0.01 * (ahead / (root + 1e-8) + 0.3 * w);
        });
  }

  /** A gradient that is not a number shows in the weight, also where only its sign counts. */
  @Test
  void notANumberIsSeen() {
    for (String text : Variants.ALL) {
      Doubles run = new Doubles(Catalogue.load().optimizer(text), 0.8);
      run.step(0.1);
      run.step(Double.NaN);
      assertTrue(Double.isNaN(run.weights()[0]), text);
    }
  }
}
