package dev.anneal.core.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.core.work.Allocations;
import dev.anneal.core.work.Workers;
import java.util.Arrays;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MatrixProductTest {
  private static final float CANARY = -123.456f;

  private static final Workers[] TEAMS = {
    new Workers(1), new Workers(2), new Workers(3), new Workers(4)
  };

  @AfterAll
  static void close() {
    Arrays.stream(TEAMS).forEach(Workers::close);
  }

  /** {@code C = op(A) op(B)} somewhere inside larger arrays. */
  private record Case(
      int rows,
      int columns,
      int depth,
      boolean transposeA,
      boolean transposeB,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      int cOffset) {

    static Case of(int rows, int columns, int depth, int transposes, Random random) {
      int[] offsets = {random.nextInt(9), random.nextInt(9), random.nextInt(9)};
      return new Case(
          rows,
          columns,
          depth,
          (transposes & 1) != 0,
          (transposes & 2) != 0,
          numbers(random, offsets[0] + rows * depth),
          offsets[0],
          numbers(random, offsets[1] + depth * columns),
          offsets[1],
          offsets[2]);
    }

    private static float[] numbers(Random random, int n) {
      float[] numbers = new float[n];
      for (int i = 0; i < n; i++) {
        numbers[i] = (float) random.nextGaussian();
      }
      return numbers;
    }

    float a(int row, int k) {
      return a[aOffset + (transposeA ? k * rows + row : row * depth + k)];
    }

    float b(int k, int column) {
      return b[bOffset + (transposeB ? column * depth + k : k * columns + column)];
    }

    float[] room() {
      float[] c = new float[cOffset + rows * columns + 40];
      Arrays.fill(c, CANARY);
      return c;
    }

    /** The definition, with canaries around it. */
    float[] naive() {
      float[] c = room();
      for (int row = 0; row < rows; row++) {
        for (int column = 0; column < columns; column++) {
          float sum = 0;
          for (int k = 0; k < depth; k++) {
            sum = Math.fma(a(row, k), b(k, column), sum);
          }
          c[cOffset + row * columns + column] = sum;
        }
      }
      return c;
    }

    float[] run(MatrixProduct product) {
      float[] c = room();
      product.run(rows, columns, depth, a, aOffset, b, bOffset, c, cOffset);
      return c;
    }

    void check(Width width, Workers workers) {
      float[] c = run(new MatrixProduct(transposeA, transposeB, width, workers));
      assertArrayEquals(naive(), c, () -> this + " at " + width);
    }

    @Override
    public String toString() {
      return "%d x %d x %d, %s, %s".formatted(rows, columns, depth, transposeA, transposeB);
    }
  }

  @ParameterizedTest
  @EnumSource
  void randomShapes(Width width) {
    Random random = new Random(1);
    for (int i = 0; i < 400; i++) {
      Case.of(1 + random.nextInt(40), 1 + random.nextInt(40), 1 + random.nextInt(40), i % 4, random)
          .check(width, TEAMS[i % TEAMS.length]);
    }
  }

  /** Around the edges of tiles and of the blocks along k. */
  @ParameterizedTest
  @EnumSource
  void edges(Width width) {
    Random random = new Random(2);
    int[] sizes = {1, 7, 8, 9, 16, 31, 32, 33};
    int[] depths = {1, 255, 256, 257, 600};
    int i = 0;
    for (int rows : sizes) {
      for (int columns : sizes) {
        for (int depth : depths) {
          Case.of(rows, columns, depth, i % 4, random).check(width, TEAMS[i++ % TEAMS.length]);
        }
      }
    }
  }

  /** Large enough to be shared among threads, and cut into several tasks along both sides. */
  @ParameterizedTest
  @EnumSource
  void largerThanATask(Width width) {
    Random random = new Random(3);
    for (int transposes = 0; transposes < 4; transposes++) {
      Case large = Case.of(150, 130, 300, transposes, random);
      float[] naive = large.naive();
      for (Workers workers : TEAMS) {
        var product = new MatrixProduct(large.transposeA, large.transposeB, width, workers);
        for (int repeat = 0; repeat < 3; repeat++) {
          assertArrayEquals(naive, large.run(product), width + ", " + workers.threads());
        }
      }
    }
  }

  /** Room of an earlier, larger product holds its numbers still. */
  @Test
  void anInstanceServesManySizes() {
    Random random = new Random(4);
    var product = new MatrixProduct(false, true, Width.preferred(), TEAMS[1]);
    for (int[] size : new int[][] {{33, 70, 300}, {5, 3, 2}, {40, 1, 257}, {1, 90, 600}}) {
      Case each = Case.of(size[0], size[1], size[2], 2, random);
      assertArrayEquals(each.naive(), each.run(product));
    }
  }

  /** NaN and infinities go where the definition takes them, and not beyond. */
  @ParameterizedTest
  @EnumSource
  void specialNumbersStayInTheirRowsAndColumns(Width width) {
    Case small = Case.of(9, 33, 5, 0, new Random(5));
    small.a[small.aOffset + 8 * 5] = Float.NaN;
    small.b[small.bOffset + 32] = Float.POSITIVE_INFINITY;
    small.check(width, TEAMS[0]);
    float[] c = small.naive();
    assertEquals(33 + 8, countNonFinite(c));
  }

  private static long countNonFinite(float[] c) {
    long count = 0;
    for (float x : c) {
      count += Float.isFinite(x) ? 0 : 1;
    }
    return count;
  }

  /** Higham's bound for k roundings, against EJML in double: {@code |C - AB| <= gamma_k |A||B|}. */
  @ParameterizedTest
  @CsvSource({"64, 10, 784, 0", "20, 200, 512, 1", "34, 34, 28, 2", "100, 3, 1000, 3"})
  void withinTheErrorBoundOfTheProduct(int rows, int columns, int depth, int transposes) {
    Case given = Case.of(rows, columns, depth, transposes, new Random(6));
    var a = new DMatrixRMaj(rows, depth);
    var b = new DMatrixRMaj(depth, columns);
    for (int k = 0; k < depth; k++) {
      for (int row = 0; row < rows; row++) {
        a.set(row, k, given.a(row, k));
      }
      for (int column = 0; column < columns; column++) {
        b.set(k, column, given.b(k, column));
      }
    }
    var exact = new DMatrixRMaj(rows, columns);
    CommonOps_DDRM.mult(a, b, exact);
    var magnitude = new DMatrixRMaj(rows, columns);
    CommonOps_DDRM.abs(a);
    CommonOps_DDRM.abs(b);
    CommonOps_DDRM.mult(a, b, magnitude);
    float[] c =
        given.run(
            new MatrixProduct(given.transposeA, given.transposeB, Width.preferred(), TEAMS[1]));
    double ku = depth * 0x1p-24;
    double gamma = ku / (1 - ku);
    for (int i = 0; i < rows * columns; i++) {
      double error = Math.abs(exact.get(i) - c[given.cOffset + i]);
      // The double product has its own, far smaller error.
      assertTrue(error <= gamma * magnitude.get(i) * (1 + 1e-6), "element " + i + ": " + error);
    }
  }

  /** Plain Java never allocates; with vectors it is so once the JIT has compiled the tile. */
  @Test
  void runAllocatesNothing() {
    runAllocatesNothing(Width.SCALAR);
    runAllocatesNothing(Width.preferred());
  }

  private static void runAllocatesNothing(Width width) {
    Case given = Case.of(70, 130, 270, 1, new Random(7));
    float[] c = given.room();
    var product = new MatrixProduct(true, false, width, TEAMS[2]);
    product.reserve(70, 130, 270);
    Runnable round =
        () -> {
          for (int i = 0; i < 50; i++) {
            product.run(70, 130, 270, given.a, given.aOffset, given.b, given.bOffset, c, 0);
          }
        };
    Allocations allocations = new Allocations();
    assertTrue(allocations.workers() >= 2);
    assertTrue(allocations.vanish(width == Width.SCALAR ? 5 : 50, round));
  }
}
