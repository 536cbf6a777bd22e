package dev.anneal.testkit;

import java.util.List;
import java.util.Random;

/**
 * Gradients whose rows and columns are of very unequal sizes for a while, and then of others. Some
 * have none.
 */
final class Unequal {
  private static final double LARGEST = 1000;
  private static final double SMALLEST = 1e-30;

  /** One in so many steps has other sizes than the one before. */
  private static final int LASTING = 8;

  private final List<Descent.Start> shapes;
  private final Random random;
  private double[][] rows = {};
  private double[][] columns = {};

  Unequal(List<Descent.Start> shapes, Random random) {
    this.shapes = shapes;
    this.random = random;
    change();
  }

  private void change() {
    rows = shapes.stream().map(each -> sizes(each.rows(), LARGEST)).toArray(double[][]::new);
    columns = shapes.stream().map(each -> sizes(each.columns(), 1)).toArray(double[][]::new);
  }

  /** The largest, none, or any. */
  private double[] sizes(int n, double largest) {
    return random
        .ints(n, 0, 4)
        .mapToDouble(kind ->
            switch (kind) {
              case 0 -> 0;
              case 1 -> largest * Math.pow(SMALLEST / largest, random.nextDouble());
              default -> largest;
            })
        .toArray();
  }

  /** The gradients of all parameters, one after the other, row-major. */
  float[] next() {
    if (random.nextInt(LASTING) == 0) {
      change();
    }
    int n = shapes.stream().mapToInt(each -> each.rows() * each.columns()).sum();
    float[] gradient = new float[n];
    int at = 0;
    for (int i = 0; i < shapes.size(); i++) {
      for (double row : rows[i]) {
        for (double column : columns[i]) {
          gradient[at++] = (float) (row * column * random.nextDouble(-1, 1));
        }
      }
    }
    return gradient;
  }
}
