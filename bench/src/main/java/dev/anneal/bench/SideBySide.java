package dev.anneal.bench;

import dev.anneal.core.kernel.Width;
import dev.anneal.core.matrix.Layout;
import dev.anneal.core.matrix.Matrix;
import dev.anneal.core.matrix.MatrixProduct;
import dev.anneal.core.parallel.Workers;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/**
 * Anneal's own lines of the table in which the peers stand beside it: {@code
 * anneal<TAB>what<TAB>threads<TAB>value<TAB>unit}, as bench/peers/README.md explains them.
 */
public final class SideBySide {
  private static final PrintStream OUT = System.out;
  private static final double BLOCK_SECONDS = 0.007;

  private final Workers workers;
  private final double ceiling;

  private SideBySide(Workers workers) {
    this.workers = workers;
    this.ceiling = new FmaCeiling(workers).gigaflops();
  }

  /**
   * Measures.
   *
   * @param args how many threads
   */
  public static void main(String[] args) {
    MatrixProduct.warmUp();
    try (Workers workers = new Workers(Integer.parseInt(args[0]))) {
      SideBySide table = new SideBySide(workers);
      table.line("fma ceiling", table.ceiling, "GFLOP/s");
      table.product(64, 784, 512, "");
      table.product(64, 512, 200, "");
      table.product(64, 200, 512, " NT");
      table.product(784, 64, 512, " TN");
      for (int size : List.of(512, 1024, 2048)) {
        table.product(size, size, size, "");
        table.copiedProduct(size);
      }
      for (String optimizer : List.of("sgd(learning_rate=0.01)", "adam(learning_rate=0.0001)")) {
        table.steps(new Workload("784-512-200-10", 64, optimizer, 100));
      }
      table.steps(new Workload("34-34-1", 28, "sgd(learning_rate=0.01)", 1000));
    }
  }

  private void line(String what, double value, String unit) {
    OUT.printf(Locale.ROOT, "anneal\t%s\t%d\t%.4g\t%s%n", what, workers.threads(), value, unit);
  }

  private void rates(String what, double amount, Stopwatch time, String unit) {
    line(what, amount / time.median(), unit);
    line(what + " best", amount / time.best(), unit);
  }

  /**
   * Operands as they lie in training: activations in rows, weights and their gradients in panels.
   */
  private void product(int rows, int depth, int columns, String form) {
    boolean transposeA = form.equals(" TN");
    boolean transposeB = form.equals(" NT");
    Matrix a = matrix(transposeA ? depth : rows, transposeA ? rows : depth, Layout.ROWS);
    Matrix b =
        matrix(
            transposeB ? columns : depth,
            transposeB ? depth : columns,
            transposeA ? Layout.ROWS : Layout.PANELS);
    Matrix c = Matrix.zeros(rows, columns, transposeA ? Layout.PANELS : Layout.ROWS);
    MatrixProduct product = new MatrixProduct(transposeA, transposeB, Width.preferred(), workers);
    String what = "product %dx%dx%d%s".formatted(rows, depth, columns, form);
    multiply(what, 2e-9 * rows * depth * columns, () -> product.run(a, b, c, rows, depth));
  }

  /** From and to plain row-major arrays: what the training never does, and every BLAS must. */
  private void copiedProduct(int size) {
    float[] plainA = Numbers.random(size * size, 1);
    float[] plainB = Numbers.random(size * size, 2);
    float[] plainC = new float[size * size];
    Matrix a = Matrix.zeros(size, size, Layout.ROWS);
    Matrix b = Matrix.zeros(size, size, Layout.PANELS);
    Matrix c = Matrix.zeros(size, size, Layout.ROWS);
    MatrixProduct product = new MatrixProduct(false, false, Width.preferred(), workers);
    multiply(
        "product %1$dx%1$dx%1$d, copies included".formatted(size),
        2e-9 * size * size * size,
        () -> {
          a.set(plainA, 0);
          b.set(plainB, 0);
          product.run(a, b, c, size, size);
          c.get(plainC, 0);
        });
  }

  private void multiply(String what, double billions, Runnable product) {
    int calls = Math.max(1, (int) (BLOCK_SECONDS * ceiling / billions));
    Stopwatch time =
        Stopwatch.time(
            1,
            1,
            () -> {
              for (int i = 0; i < calls; i++) {
                product.run();
              }
            });
    rates(what, billions * calls, time, "GFLOP/s");
  }

  private static Matrix matrix(int rows, int columns, Layout layout) {
    Matrix matrix = Matrix.zeros(rows, columns, layout);
    matrix.set(Numbers.random(rows * columns, rows), 0);
    return matrix;
  }

  private void steps(Workload workload) {
    try (EpochByEpoch training = workload.start(workers)) {
      Stopwatch time = Stopwatch.time(6, 4, training::epoch);
      String name = workload.optimizer().substring(0, workload.optimizer().indexOf('('));
      String what = "step %s %s".formatted(workload.sizes(), name);
      if (workload.sizes().startsWith("34-")) {
        line(what, time.median() / workload.steps() * 1e6, "us/step");
        line(what + " best", time.best() / workload.steps() * 1e6, "us/step");
      } else {
        rates(what, workload.steps() * workload.batch(), time, "samples/s");
        double work = workload.steps() * workload.flops() * 1e-9;
        rates(what + ", of the ceiling", work / ceiling, time, "");
      }
    }
  }
}
