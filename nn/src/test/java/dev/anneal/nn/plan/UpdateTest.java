package dev.anneal.nn.plan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.anneal.core.kernel.Width;
import dev.anneal.core.optimize.Optimizer;
import dev.anneal.core.random.RandomStream;
import dev.anneal.core.schedule.Progress;
import dev.anneal.core.spec.Catalogue;
import dev.anneal.core.work.Workers;
import dev.anneal.nn.graph.Initializer;
import dev.anneal.nn.graph.Parameter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A hundred steps of each optimizer in float, against the published formulas in double. */
class UpdateTest {
  private static final int STEPS = 100;

  /** More than a block of an update, and no multiple of a vector. */
  private static final int SIZE = 20_011;

  private static final RandomStream RANDOM = new RandomStream(1);

  private static final double MOMENTUM = 0.9;

  /** The state of one weight in double. */
  private static final class Exact {
    double w;
    double v;
    double m;

    void sgd(double rate, double g) {
      w -= rate * g;
    }

    void momentum(double rate, double g) {
      v = MOMENTUM * v - rate * g;
      w += v;
    }

    void nesterov(double rate, double g) {
      v = MOMENTUM * v - rate * g;
      w += MOMENTUM * v - rate * g;
    }

    void adam(double rate, double g, int step) {
      m = 0.9 * m + 0.1 * g;
      v = 0.999 * v + 0.001 * g * g;
      double corrected = Math.sqrt(1 - Math.pow(0.999, step)) / (1 - Math.pow(0.9, step));
      w -= rate * corrected * m / (Math.sqrt(v) + 1e-7);
    }
  }

  @FunctionalInterface
  private interface Rule {
    void step(Exact exact, double rate, double gradient, int step);
  }

  @Test
  void sgd() {
    check("sgd", (e, rate, g, _) -> e.sgd(rate, g));
  }

  @Test
  void momentum() {
    check("sgd(momentum=0.9)", (e, rate, g, _) -> e.momentum(rate, g));
  }

  @Test
  void nesterov() {
    check("sgd(momentum=0.9, nesterov=true)", (e, rate, g, _) -> e.nesterov(rate, g));
  }

  @Test
  void adam() {
    check("adam", Exact::adam);
  }

  private static double rate(int step) {
    return 0.05 / (1 + 0.02 * step); // a rate that changes, so that it matters where it enters
  }

  /** Gradients of every sign and of sizes from 0.001 to 1. */
  private static float gradient(int i, int step) {
    double u = RANDOM.uniform(step, i);
    return (float) ((u < 0.5 ? -1 : 1) * Math.pow(10, -3 * RANDOM.uniform(STEPS + step, i)));
  }

  private static float[] run(String text, Width width, int threads) {
    Optimizer optimizer = Catalogue.load().optimizer(text);
    double[] uniforms = new double[optimizer.hyperparameters().size() + 1];
    for (int i = 1; i < optimizer.hyperparameters().size(); i++) {
      uniforms[i] = optimizer.hyperparameters().get(i).schedule().at(Progress.at(0, 1, 1));
    }
    Arena arena = arena();
    try (Workers workers = new Workers(threads)) {
      Update update = new Update(optimizer.rule(), arena, width, workers);
      for (int step = 1; step <= STEPS; step++) {
        for (int i = 0; i < SIZE; i++) {
          arena.gradients()[i] = gradient(i, step);
        }
        uniforms[0] = rate(step);
        uniforms[uniforms.length - 1] = step;
        update.run(uniforms);
      }
    }
    return arena.weights();
  }

  private static Arena arena() {
    return Arena.of(
        List.of(new Parameter("w", SIZE, 1, Initializer.normal(1))), new RandomStream(2));
  }

  private static void check(String text, Rule rule) {
    float[] actual = run(text, Width.preferred(), 2);
    assertArrayEquals(run(text, Width.SCALAR, 1), actual);
    float[] start = arena().weights();
    double worst = 0;
    for (int i = 0; i < SIZE; i++) {
      Exact exact = new Exact();
      exact.w = start[i];
      double largest = Math.abs(exact.w);
      for (int step = 1; step <= STEPS; step++) {
        rule.step(exact, rate(step), gradient(i, step), step);
        largest = Math.max(largest, Math.abs(exact.w));
      }
      worst = Math.max(worst, Math.abs(actual[i] - exact.w) / largest);
    }
    // Relative to the largest weight on the way: about twenty roundings. 1.3e-6 was measured.
    assertEquals(0, worst, 2.5e-6);
  }
}
