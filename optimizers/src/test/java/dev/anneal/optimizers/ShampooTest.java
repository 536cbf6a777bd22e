package dev.anneal.optimizers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.optimizers.matrix.Matrices;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Shampoo beside sums written out, and eigenvalues found by Jacobi's rotations. */
class ShampooTest {
  private static final Catalogue CATALOGUE = Catalogue.load();

  private static Doubles start(String text, double[][] weights) {
    return new Doubles(CATALOGUE.optimizer(text), Map.of(), weights.length, Matrices.flat(weights));
  }

  /** A function of a symmetric matrix: of its eigenvalues and the largest of them. */
  private static double[][] of(double[][] symmetric, DoubleUnaryOperator function) {
    int n = symmetric.length;
    double[][] a = Matrices.map(symmetric, x -> x);
    double[][] vectors = Matrices.identity(n, 1);
    for (int sweep = 0; sweep < 30; sweep++) {
      for (int p = 0; p < n; p++) {
        for (int q = p + 1; q < n; q++) {
          double angle = Math.atan2(2 * a[p][q], a[q][q] - a[p][p]) / 2;
          double[][] turn = Matrices.identity(n, 1);
          turn[p][p] = turn[q][q] = Math.cos(angle);
          turn[p][q] = Math.sin(angle);
          turn[q][p] = -Math.sin(angle);
          a = Matrices.product(Matrices.transposed(turn), Matrices.product(a, turn));
          vectors = Matrices.product(vectors, turn);
        }
      }
    }
    double[][] values = new double[n][n];
    for (int i = 0; i < n; i++) {
      values[i][i] = function.applyAsDouble(a[i][i]);
    }
    return Matrices.product(vectors, Matrices.product(values, Matrices.transposed(vectors)));
  }

  private static double largest(double[][] symmetric) {
    double[][] power = symmetric;
    for (int i = 0; i < 12; i++) {
      double norm = Matrices.norm(power);
      double[][] scaled = Matrices.map(power, x -> x / norm);
      power = Matrices.product(scaled, scaled);
    }
    double[][] applied = Matrices.product(symmetric, power);
    return Matrices.norm(applied) / Matrices.norm(power);
  }

  private static double[][] root(double[][] symmetric, double epsilon, double least, double power) {
    double bound = Math.max(epsilon * largest(symmetric), least);
    return of(symmetric, value -> Math.pow(Math.max(value, bound), power));
  }

  private static double trace(double[][] symmetric) {
    return IntStream.range(0, symmetric.length).mapToDouble(i -> symmetric[i][i]).sum();
  }

  private static double[][] gathered(double[][] before, double beta, double[][] g) {
    double added = beta < 1 ? 1 - beta : 1;
    double[][] gram = Matrices.product(g, Matrices.transposed(g));
    return Matrices.map(before, gram, (sum, each) -> beta * sum + added * each);
  }

  /** The oracle of this test is right about what it was not told. */
  @Test
  void fourRootsMultipliedAreTheInverse() {
    double[][] g = Matrices.random(5, 9, new Random(2));
    double[][] a = Matrices.product(g, Matrices.transposed(g));
    double[][] root = root(a, 1e-6, 0, -0.25);
    double[][] square = Matrices.product(root, root);
    double[][] product = Matrices.product(Matrices.product(square, square), a);
    assertArrayEquals(Matrices.flat(Matrices.identity(5, 1)), Matrices.flat(product), 1e-12);
  }

  /** Sums and means, sides with and without a root, and matrices that few gradients do not fill. */
  @ParameterizedTest
  @CsvSource({
    "3, 4, 1, 0.01, 2, 10, -0.25",
    "3, 4, 0.9, 0.2, 1, 10, -0.25",
    "5, 2, 1, 1e-4, 3, 10, -0.25",
    "6, 6, 0, 0.01, 1, 10, -0.25",
    "3, 4, 1, 0.01, 2, 3, -0.5",
    "4, 3, 0.5, 0.01, 2, 3, -0.5",
    "4, 1, 1, 0.01, 2, 10, -0.5"
  })
  void theRuleOfThePaper(
      int rows, int columns, double beta, double epsilon, int every, int longest, double power) {
    Random random = new Random(4);
    double[][] w = Matrices.random(rows, columns, random);
    Doubles ours =
        start(
            "shampoo(0.1, momentum=0.5, beta=%s, epsilon=%s, weight_decay=0.2,"
                    .formatted(beta, epsilon)
                + " precondition_frequency=%d, max_precondition_size=%d)".formatted(every, longest),
            w);
    double[][] left = new double[rows][rows];
    double[][] right = new double[columns][columns];
    double[][] leftRoot = Matrices.identity(rows, 1);
    double[][] rightRoot = Matrices.identity(columns, 1);
    double[][] velocity = new double[rows][columns];
    double known = 0;
    double gradients = 0;
    double added = beta < 1 ? 1 - beta : 1;
    for (int step = 0; step < 8; step++) {
      double[][] g = Matrices.random(rows, columns, random);
      left = gathered(left, beta, g);
      right = gathered(right, beta, Matrices.transposed(g));
      gradients = beta * gradients + added;
      double least = every > 1 ? added * trace(left) / gradients : 0;
      boolean due = step % every == 0 || trace(left) > 2 * known;
      known = due ? trace(left) : known;
      if (due && rows <= longest) {
        leftRoot = root(left, epsilon, least, power);
      }
      if (due && columns <= longest && columns > 1) {
        rightRoot = root(right, epsilon, least, power);
      }
      double[][] direction = Matrices.product(Matrices.product(leftRoot, g), rightRoot);
      velocity = Matrices.map(velocity, direction, (v, d) -> 0.5 * v + d);
      w = Matrices.map(w, velocity, (each, v) -> each - 0.1 * (v + 0.2 * each));
      ours.step(Matrices.flat(g));
      assertArrayEquals(Matrices.flat(w), ours.weights(), 1e-9, "step " + step);
    }
  }

  /** A gradient that is diagonal: the roots undo its entries, each by itself. */
  @Test
  void aFirstGradientOfIndependentEntriesCountsByItsSigns() {
    Doubles run = start("shampoo(0.5, momentum=0, precondition_frequency=1)", new double[3][3]);
    run.step(2, 0, 0, 0, -0.1, 0, 0, 0, 7);
    assertArrayEquals(new double[] {-0.5, 0, 0, 0, 0.5, 0, 0, 0, -0.5}, run.weights(), 1e-14);
  }

  /** The eigenvalues are 1 and 1e-8: the smaller one counts as a hundredth. */
  @Test
  void eigenvaluesHaveABoundInPartsOfTheLargest() {
    for (double size : new double[] {1, 1e-9, 1e9}) {
      Doubles run =
          start("shampoo(1, momentum=0, epsilon=0.01, precondition_frequency=1)", new double[2][2]);
      run.step(size, 0, 0, size * 1e-4);
      assertArrayEquals(new double[] {-1, 0, 0, -1e-3}, run.weights(), 1e-14);
    }
  }

  /**
   * Each gradient is in a direction that the ones before it do not have, and all have one norm:
   * each moves the weights by that of a gradient that the roots know.
   */
  @Test
  void rootsThatAreKeptLengthenNoDirectionThatTheyDoNotKnow() {
    int n = 12;
    Doubles run = start("shampoo(1, momentum=0)", new double[n][n]);
    for (int i = 0; i < n; i++) {
      double[] g = new double[n * n];
      g[i * n + i] = 3;
      run.step(g);
      assertEquals(-1, run.weights()[i * n + i], 1e-12, "step " + (i + 1));
    }
  }

  /** The second is a million times larger: by the roots of the first it would move as far. */
  @Test
  void rootsAreComputedAnewWhereGradientsGrow() {
    Doubles run = start("shampoo(1, momentum=0)", new double[2][2]);
    run.step(1e-6, 0, 0, 0);
    assertEquals(-1, run.weights()[0], 1e-12);
    run.step(0, 0, 0, 1);
    assertEquals(-1, run.weights()[3], 1e-9);
  }

  /** A row has a bound of the same kind: the third entry counts as a tenth of the second. */
  @Test
  void aRowMovesByAdagrad() {
    Doubles run = start("shampoo(1, momentum=0, epsilon=0.01)", new double[1][3]);
    run.step(3, -5, 0.01);
    assertArrayEquals(new double[] {-1, 1, -0.02}, run.weights(), 1e-14);
    run.step(4, 0, 0.49);
    assertArrayEquals(new double[] {-1.8, 1, -1}, run.weights(), 0.02);
    assertEquals(-1.8, run.weights()[0], 1e-14);
    assertEquals(-0.02 - 0.49 / 0.5, run.weights()[2], 3e-4);
  }

  @Test
  void aRowOfMeans() {
    Doubles run = start("shampoo(1, momentum=0, beta=0.75)", new double[1][2]);
    run.step(3, -5);
    assertArrayEquals(new double[] {-2, 2}, run.weights(), 1e-14);
  }

  /** The roots wait for a gradient, and are then due at once. */
  @Test
  void gradientsOfZeroMoveNothingAndMakeNoRoot() {
    for (int rows = 1; rows <= 2; rows++) {
      Doubles run = start("shampoo(0.5, momentum=0)", new double[rows][2]);
      double[] gradient = new double[2 * rows];
      run.step(gradient);
      assertArrayEquals(new double[2 * rows], run.weights());
      gradient[0] = 3;
      run.step(gradient);
      assertEquals(-0.5, run.weights()[0], 1e-14);
    }
  }

  @Test
  void whatIsNotANumberShowsAtOnce() {
    for (int rows = 1; rows <= 2; rows++) {
      Doubles run = start("shampoo", new double[rows][2]);
      double[] gradient = new double[2 * rows];
      gradient[0] = Double.NaN;
      assertTrue(Double.isNaN(run.step(gradient)));
    }
  }
}
