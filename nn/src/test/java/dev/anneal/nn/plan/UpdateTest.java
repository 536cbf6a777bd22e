package dev.anneal.nn.plan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.schedule.Progress;
import dev.anneal.core.kernel.Width;
import dev.anneal.core.matrix.Epilogue;
import dev.anneal.core.matrix.Layout;
import dev.anneal.core.matrix.Matrix;
import dev.anneal.core.parallel.Workers;
import dev.anneal.core.random.RandomStream;
import dev.anneal.core.update.Update;
import dev.anneal.nn.graph.Initializer;
import dev.anneal.nn.graph.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A hundred steps of each optimizer in float, against the published formulas in double. */
class UpdateTest {
  private static final int STEPS = 100;

  /** More than a block of an update; the rows of both layouts have padding. */
  private static final Parameter WEIGHTS = new Parameter("w", 143, 140, Initializer.normal(1));

  private static final int SIZE = WEIGHTS.size();

  private static final RandomStream RANDOM = new RandomStream(1);

  private static final double MOMENTUM = 0.9;

  /** The state of one weight in double. */
  private static final class Exact {
    double w;
    double v;
    double m;
    double product = 1;

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

    /** The sum of squares starts at 0.1. */
    void adagrad(double rate, double g) {
      v += g * g;
      w -= rate * g / Math.sqrt(0.1 + v + 1e-7);
    }

    /** The product of momenta is the same for all weights. */
    void nadam(double rate, double g, int step) {
      double now = 0.9 * (1 - 0.5 * Math.pow(0.96, step));
      double next = 0.9 * (1 - 0.5 * Math.pow(0.96, step + 1));
      product *= now;
      m = 0.9 * m + 0.1 * g;
      v = 0.999 * v + 0.001 * g * g;
      double ahead = next * m / (1 - product * next) + (1 - now) * g / (1 - product);
      w -= rate * ahead / (Math.sqrt(v / (1 - Math.pow(0.999, step))) + 1e-7);
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

  @Test
  void aSlotMayStartAtAnotherNumber() {
    check("adagrad", (e, rate, g, _) -> e.adagrad(rate, g));
  }

  @Test
  void aRuleMayKeepAScalar() {
    check("nadam", Exact::nadam);
  }

  private static double rate(int step) {
    return 0.05 / (1 + 0.02 * step); // a rate that changes, so that it matters where it enters
  }

  /** Gradients of every sign and of sizes from 0.001 to 1. */
  private static float gradient(int i, int step) {
    double u = RANDOM.uniform(step, i);
    return (float) ((u < 0.5 ? -1 : 1) * Math.pow(10, -3 * RANDOM.uniform(STEPS + step, i)));
  }

  /** How a gradient comes to an update. */
  private enum Way {
    FUSED(Layout.PANELS),
    SEPARATE(Layout.PANELS),
    SEPARATE_IN_ROWS(Layout.ROWS);

    /** Rows of a block: no multiple of anything. */
    private static final int ROWS = 37;

    final Layout layout;

    Way(Layout layout) {
      this.layout = layout;
    }

    Runnable step(Update update, Matrix weights, Matrix gradient, Workers workers) {
      if (this != FUSED) {
        return update.separate(0, Map.of(0, gradient), () -> 0);
      }
      Epilogue taker = update.fused(0);
      int down = Math.ceilDiv(weights.rows(), ROWS);
      Workers.Task task =
          (index, worker) -> {
            int row = index % down * ROWS;
            int column = index / down * 64;
            int rows = Math.min(ROWS, weights.rows() - row);
            int columns = Math.min(64, weights.columns() - column);
            int from = gradient.index(row, column);
            int stride = gradient.stride(column);
            taker.take(gradient.array(), from, stride, row, rows, column, columns, worker);
          };
      return () -> workers.run(down * Math.ceilDiv(weights.columns(), 64), task);
    }
  }

  /** The weights lie somewhere within an array that ends in other numbers. */
  private static ParameterStore store(Layout layout) {
    int offset = 80;
    int rows = WEIGHTS.rows();
    int columns = WEIGHTS.columns();
    float[] array = new float[offset + layout.size(rows, columns) + layout.slack(columns)];
    Arrays.fill(array, 42);
    Matrix matrix = new Matrix(array, offset, rows, columns, layout);
    float[] start = new float[SIZE];
    for (int i = 0; i < SIZE; i++) {
      start[i] = WEIGHTS.initializer().draw(new RandomStream(2), i, rows, columns);
    }
    matrix.set(start, 0);
    return new ParameterStore(array, Map.of(WEIGHTS, matrix));
  }

  private static float[] run(String text, Way way, Width width, int threads) {
    Optimizer optimizer = Catalogue.load().optimizer(text);
    double[] scalars = new double[optimizer.hyperparameters().size() + 1];
    for (int i = 1; i < optimizer.hyperparameters().size(); i++) {
      scalars[i] = optimizer.hyperparameters().get(i).schedule().at(Progress.at(0, 1, 1));
    }
    ParameterStore store = store(way.layout);
    Matrix weights = store.matrix(WEIGHTS);
    Matrix gradient = Matrix.zeros(weights.rows(), weights.columns(), way.layout);
    float[] elements = new float[SIZE];
    try (Workers workers = new Workers(threads)) {
      Update update = new Update(optimizer, List.of(weights), RANDOM, width, workers);
      Runnable run = way.step(update, weights, gradient, workers);
      for (int step = 1; step <= STEPS; step++) {
        for (int i = 0; i < SIZE; i++) {
          elements[i] = gradient(i, step);
        }
        gradient.set(elements, 0);
        scalars[0] = rate(step);
        scalars[scalars.length - 1] = step;
        update.prepare(scalars);
        run.run();
      }
    }
    int end = weights.offset() + way.layout.size(weights.rows(), weights.columns());
    for (int i = 0; i < store.weights().length; i++) {
      if (i < weights.offset() || i >= end) {
        assertEquals(42, store.weights()[i]);
      }
    }
    return store.copy();
  }

  private static void check(String text, Rule rule) {
    float[] actual = run(text, Way.FUSED, Width.preferred(), 2);
    for (Way way : Way.values()) {
      assertArrayEquals(run(text, way, Width.SCALAR, 1), actual);
      assertArrayEquals(run(text, way, Width.preferred(), 3), actual);
    }
    float[] start = store(Layout.ROWS).copy();
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

  @Test
  void blocksOfWeightsInRowsHaveGaps() {
    ParameterStore store = store(Layout.ROWS);
    try (Workers workers = new Workers(1)) {
      Update update =
          new Update(
              Catalogue.load().optimizer("sgd"),
              List.of(store.matrix(WEIGHTS)),
              RANDOM,
              Width.SCALAR,
              workers);
      assertThrows(IllegalArgumentException.class, () -> update.fused(0));
    }
  }
}
