package dev.anneal.bench;

import dev.anneal.core.kernel.Width;
import dev.anneal.core.matrix.Layout;
import dev.anneal.core.matrix.Matrix;
import dev.anneal.core.matrix.MatrixProduct;
import dev.anneal.core.parallel.Workers;
import java.io.PrintStream;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Anneal's own lines of the table in which the peers stand beside it: {@code
 * anneal<TAB>what<TAB>threads<TAB>value<TAB>unit}, as bench/peers/README.md explains them.
 */
public final class SideBySide {
  private static final PrintStream OUT = System.out;
  private static final String QUICKLY = "--short";
  private static final double BLOCK_SECONDS = 0.007;

  private final Workers workers;
  private final Effort effort;
  private final Set<String> wanted;
  private final double ceiling;

  private SideBySide(Workers workers, Effort effort, Set<String> wanted) {
    this.workers = workers;
    this.effort = effort;
    this.wanted = wanted;
    this.ceiling = new FmaCeiling(workers).gigaflops();
  }

  /**
   * Seconds that a row takes. A step has kernels that run once in it, and the JIT wants thousands
   * of steps for them.
   *
   * @param warmProduct without a clock, for a product
   * @param timedProduct with a clock, for a product
   * @param warmStep without a clock, for a training step
   * @param timedStep with a clock, for a training step
   */
  private record Effort(
      double warmProduct, double timedProduct, double warmStep, double timedStep) {
    private static final Effort LONG = new Effort(1, 1, 6, 4);

    /** For two versions that are compared with each other: both stop as early. */
    private static final Effort SHORT = new Effort(0.3, 0.2, 2, 1);

    /** When another number of threads has left compiled kernels behind. */
    Effort compiled() {
      return new Effort(warmProduct / 2, timedProduct, warmStep / 2, timedStep);
    }
  }

  /**
   * Measures.
   *
   * @param args how many threads, or several such numbers with commas, one after the other; then,
   *     if it is to be quick, {@code --short}; then the rows to measure, all if none is named. The
   *     ceiling is always measured, and so are rows that a comma adds to one that is named.
   */
  public static void main(String[] args) {
    Set<String> wanted = new HashSet<>(List.of(args).subList(1, args.length));
    Effort effort = wanted.remove(QUICKLY) ? Effort.SHORT : Effort.LONG;
    MatrixProduct.warmUp();
    for (String threads : args[0].split(",", -1)) {
      try (Workers workers = new Workers(Integer.parseInt(threads))) {
        new SideBySide(workers, effort, wanted).measure();
      }
      effort = effort.compiled();
    }
  }

  private void measure() {
    line("fma ceiling", ceiling, "GFLOP/s");
    product(64, 784, 512, "");
    product(64, 512, 200, "");
    product(64, 200, 512, " NT");
    product(784, 64, 512, " TN");
    for (int size : List.of(512, 1024, 2048)) {
      product(size, size, size, "");
      copiedProduct(size);
    }
    for (String optimizer : List.of("sgd(learning_rate=0.01)", "adam(learning_rate=0.0001)")) {
      steps(new Workload("784-512-200-10", 64, optimizer, 100));
    }
    steps(new Workload("34-34-1", 28, "sgd(learning_rate=0.01)", 1000));
  }

  private boolean isWanted(String what) {
    return wanted.isEmpty() || wanted.contains(what);
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
    String what = "product %dx%dx%d%s".formatted(rows, depth, columns, form);
    if (!isWanted(what)) {
      return;
    }
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
    multiply(what, 2e-9 * rows * depth * columns, () -> product.run(a, b, c, rows, depth));
  }

  /** From and to plain row-major arrays: what the training never does, and every BLAS must. */
  private void copiedProduct(int size) {
    String what = "product %1$dx%1$dx%1$d".formatted(size);
    if (!isWanted(what)) {
      return;
    }
    float[] plainA = Numbers.random(size * size, 1);
    float[] plainB = Numbers.random(size * size, 2);
    float[] plainC = new float[size * size];
    Matrix a = Matrix.zeros(size, size, Layout.ROWS);
    Matrix b = Matrix.zeros(size, size, Layout.PANELS);
    Matrix c = Matrix.zeros(size, size, Layout.ROWS);
    MatrixProduct product = new MatrixProduct(false, false, Width.preferred(), workers);
    multiply(
        what + ", copies included",
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
            effort.warmProduct(),
            effort.timedProduct(),
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
    String name = workload.optimizer().substring(0, workload.optimizer().indexOf('('));
    String what = "step %s %s".formatted(workload.sizes(), name);
    if (!isWanted(what)) {
      return;
    }
    try (EpochByEpoch training = workload.start(workers)) {
      Stopwatch time = Stopwatch.time(effort.warmStep(), effort.timedStep(), training::epoch);
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
