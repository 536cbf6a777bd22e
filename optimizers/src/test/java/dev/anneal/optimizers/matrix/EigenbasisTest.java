package dev.anneal.optimizers.matrix;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.optimizer.DenseMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What SOAP and Shampoo make of the matrices that they gather, one by one. */
class EigenbasisTest {
  private static final int SIZE = 4;

  /** Any basis that is orthogonal: Gram and Schmidt. */
  private static double[][] basis(int size, Random random) {
    double[][] rows = Matrices.random(size, size, random);
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < i; j++) {
        double along = dot(rows[i], rows[j]);
        for (int k = 0; k < size; k++) {
          rows[i][k] -= along * rows[j][k];
        }
      }
      double norm = Math.sqrt(dot(rows[i], rows[i]));
      for (int k = 0; k < size; k++) {
        rows[i][k] /= norm;
      }
    }
    return Matrices.transposed(rows);
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double[][] with(double[][] vectors, double... values) {
    double[][] diagonal = new double[values.length][values.length];
    for (int i = 0; i < values.length; i++) {
      diagonal[i][i] = values[i];
    }
    return Matrices.product(vectors, Matrices.product(diagonal, Matrices.transposed(vectors)));
  }

  private static void equal(double[][] expected, DenseMatrix actual, double tolerance) {
    assertArrayEquals(
        Matrices.flat(expected), Matrices.flat(Plain.of(actual)), tolerance, "all entries");
  }

  /** From the largest eigenvalue to the smallest, each with its first large entry above 0. */
  @Test
  void computedEigenvectors() {
    for (int seed = 0; seed < 20; seed++) {
      double[][] vectors = seed == 0 ? Matrices.identity(SIZE, 1) : basis(SIZE, new Random(seed));
      Plain result = Plain.zeros(SIZE, SIZE);
      new Eigenbasis(new Plain(with(vectors, 2, 7, 0.5, 3)), Plain.zeros(SIZE, SIZE))
          .compute(result);
      double[][] columns = Matrices.transposed(vectors);
      int[] sorted = {1, 3, 0, 2};
      double[][] expected = new double[SIZE][];
      for (int i = 0; i < SIZE; i++) {
        double[] column = columns[sorted[i]];
        double half = Arrays.stream(column).map(Math::abs).max().orElseThrow() / 2;
        double sign =
            Math.signum(
                Arrays.stream(column).filter(x -> Math.abs(x) >= half).findFirst().orElseThrow());
        expected[i] = Arrays.stream(column).map(x -> sign * x).toArray();
      }
      equal(Matrices.transposed(expected), result, 1e-10);
    }
  }

  /** Of two entries that are alike, rounding decides which is the larger. */
  @Test
  void roundingDoesNotDecideTheSign() {
    for (double off : new double[] {-1e-7, 0, 1e-7}) {
      double[][] matrix = {{1 + off, -1}, {-1, 1 - off}};
      Plain result = Plain.zeros(2, 2);
      new Eigenbasis(new Plain(matrix), Plain.zeros(2, 2)).compute(result);
      double root = Math.sqrt(0.5);
      equal(new double[][] {{root, root}, {-root, root}}, result, 1e-6);
    }
  }

  @Test
  void whatIsNotFiniteHasNoEigenvectors() {
    double[][] matrix = Matrices.identity(SIZE, 1);
    matrix[2][1] = Double.NaN;
    double[][] before = basis(SIZE, new Random(1));
    Plain result = Plain.zeros(SIZE, SIZE);
    new Eigenbasis(new Plain(matrix), new Plain(before)).compute(result);
    equal(before, result, 0);
  }

  /** Gram and Schmidt on the products, in the order of what the eigenvalues are about to be. */
  @Test
  void followedEigenvectors() {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      double[][] matrix = with(basis(SIZE, random), 2, 7, 0.5, 3);
      double[][] before = basis(SIZE, random);
      Plain result = Plain.zeros(SIZE, SIZE);
      Eigenbasis basis = new Eigenbasis(new Plain(matrix), new Plain(before));
      basis.follow(result);
      double[][] vectors = Matrices.transposed(before);
      double[][] products = Matrices.transposed(Matrices.product(matrix, before));
      double[][] expected = new double[SIZE][];
      double last = Double.POSITIVE_INFINITY;
      for (int i = 0; i < SIZE; i++) {
        int from = basis.from(i);
        double quotient = dot(vectors[from], products[from]);
        assertTrue(quotient <= last);
        last = quotient;
        expected[i] = products[from].clone();
        for (int j = 0; j < i; j++) {
          double along = dot(expected[i], expected[j]);
          for (int k = 0; k < SIZE; k++) {
            expected[i][k] -= along * expected[j][k];
          }
        }
        double norm = Math.sqrt(dot(expected[i], expected[i]));
        norm = Math.copySign(norm, dot(expected[i], vectors[from]));
        for (int k = 0; k < SIZE; k++) {
          expected[i][k] /= norm;
        }
      }
      equal(Matrices.transposed(expected), result, 1e-9);
    }
  }

  @Test
  void equalEigenvaluesKeepTheirOrder() {
    Plain one = new Plain(Matrices.identity(SIZE, 1));
    Eigenbasis basis = new Eigenbasis(one, one);
    basis.follow(Plain.zeros(SIZE, SIZE));
    for (int i = 0; i < SIZE; i++) {
      assertEquals(i, basis.from(i));
    }
  }

  @Test
  void rotations() {
    Random random = new Random(4);
    double[][] left = basis(3, random);
    double[][] right = basis(4, random);
    double[][] x = Matrices.random(3, 4, random);
    for (boolean back : new boolean[] {false, true}) {
      double[][] p = back ? left : Matrices.transposed(left);
      double[][] q = back ? Matrices.transposed(right) : right;
      double[][] half = Matrices.product(p, x);
      rotates(new Rotation(true, false, back), x, new double[][][] {left}, half);
      rotates(new Rotation(false, true, back), x, new double[][][] {right}, Matrices.product(x, q));
      rotates(
          new Rotation(true, true, back),
          x,
          new double[][][] {left, right},
          Matrices.product(half, q));
    }
  }

  private static void rotates(
      Rotation rotation, double[][] x, double[][][] bases, double[][] expected) {
    List<DenseMatrix> inputs = new ArrayList<>(List.of(new Plain(x)));
    for (double[][] each : bases) {
      inputs.add(new Plain(each));
    }
    Plain result = Plain.zeros(x.length, x[0].length);
    rotation.prepare(inputs, new double[0], List.of(result)).run();
    equal(expected, result, 1e-14);
  }

  @Test
  void basesAreKeptUntilTheyAreDue() {
    Random random = new Random(3);
    double[][] left = basis(2, random);
    double[][] right = basis(3, random);
    double[][] squares = Matrices.random(2, 3, random);
    double[][] mean = Matrices.random(2, 3, random);
    List<DenseMatrix> results =
        List.of(Plain.zeros(2, 3), Plain.zeros(2, 3), Plain.zeros(2, 2), Plain.zeros(3, 3));
    List<DenseMatrix> inputs =
        List.of(
            new Plain(squares),
            new Plain(mean),
            new Plain(left),
            new Plain(right),
            new Plain(with(left, 1, 2)),
            new Plain(with(right, 1, 2, 3)));
    new SoapBases(true, true).prepare(inputs, new double[] {SoapBases.KEEP}, results).run();
    equal(squares, results.get(0), 0);
    equal(mean, results.get(1), 0);
    equal(left, results.get(2), 0);
    equal(right, results.get(3), 0);
  }

  private static void roots(double due, double[][] before, double[][] matrix, double[][] expected) {
    Plain root = Plain.zeros(before.length, before.length);
    new InverseRoots(true, false)
        .prepare(
            List.of(Plain.zeros(3, 2), new Plain(before), new Plain(matrix)),
            new double[] {1, 1, due, 0.01, 0},
            List.of(root))
        .run();
    equal(expected, root, 1e-13);
  }

  @Test
  void rootsAreKeptUntilTheyAreDueOrCannotBe() {
    double[][] vectors = basis(3, new Random(6));
    double[][] before = Matrices.identity(3, 2);
    double[][] matrix = with(vectors, 4, 100, 0.25);
    double[][] none = new double[3][3];
    double[][] broken = with(vectors, 1, 2, Double.POSITIVE_INFINITY);
    roots(1, before, matrix, with(vectors, 0.5, 0.1, 1));
    roots(0, before, matrix, before);
    roots(0, none, matrix, with(vectors, 0.5, 0.1, 1));
    roots(1, before, none, before);
    roots(1, none, none, none);
    roots(1, before, broken, before);
  }
}
