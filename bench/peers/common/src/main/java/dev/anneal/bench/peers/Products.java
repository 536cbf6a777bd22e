package dev.anneal.bench.peers;

import java.util.Random;
import java.util.function.Predicate;

/**
 * Measures products.
 *
 * @param factory who multiplies
 * @param taken which of {@link Product#ALL}
 */
record Products(Multiplication.Factory factory, Predicate<Product> taken) {
  private static final int CHECKED = 100;
  private static final double TOLERANCE = 1e-3;

  void measure(Report report) {
    Product.ALL.stream().filter(taken).forEach(product -> measure(product, report));
  }

  private void measure(Product product, Report report) {
    float[] first = Numbers.random(product.rows() * product.depth(), 1);
    float[] second = Numbers.random(product.depth() * product.columns(), 2);
    try (Multiplication multiplication =
        factory.prepare(product, first, second, report.threads())) {
      multiplication.run();
      check(product, first, second, multiplication.result());
      Timing timing = Timing.of(multiplication::run);
      report.print(product.title(), timing, seconds -> product.flops() * 1e-9 / seconds, "GFLOP/s");
    }
  }

  /** A peer that multiplies something else is not measured. */
  private static void check(Product product, float[] first, float[] second, float[] result) {
    for (int place : new Random(1).ints(CHECKED, 0, result.length).toArray()) {
      int row = place / product.columns();
      double expected = product.at(row, place % product.columns(), first, second);
      if (!(Math.abs(result[place] - expected) < TOLERANCE)) {
        throw new IllegalStateException(
            product.title() + " gave " + result[place] + " instead of " + expected);
      }
    }
  }
}
