package dev.anneal.core.matrix;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.core.kernel.Width;
import dev.anneal.core.parallel.Allocations;
import dev.anneal.core.parallel.Workers;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MatrixProductTest {
  private static final Workers[] TEAMS = {
    new Workers(1), new Workers(2), new Workers(3), new Workers(4)
  };

  @AfterAll
  static void close() {
    Arrays.stream(TEAMS).forEach(Workers::close);
  }

  /** Around the edges of vectors, tiles, blocks of rows and panels. */
  private static final int[] SIZES = {
    1, 4, 5, 6, 15, 16, 17, 31, 32, 33, 59, 60, 61, 63, 64, 65, 127, 128, 129
  };

  /** Around the edges of panels and of the blocks along k. */
  private static final int[] DEPTHS = {1, 2, 63, 64, 65, 128, 255, 256, 257};

  /**
   * {@code C = op(A) op(B)}, all in one array, in any order and with gaps between them, each with
   * space for more rows than are used. Whatever is no element of A or B is a number that would
   * spoil a sum it got into, and whatever is no element of C must not change.
   */
  private record Case(
      int rows,
      int columns,
      int depth,
      boolean transposeA,
      boolean transposeB,
      Matrix a,
      Matrix b,
      Matrix c) {

    /** All of the combinations of layouts that are allowed are equally likely. */
    static Case of(int rows, int columns, int depth, int transposes, Random random) {
      boolean transposeA = (transposes & 1) != 0;
      boolean transposeB = (transposes & 2) != 0;
      Layout[] layouts = new Layout[3];
      do {
        Arrays.setAll(layouts, _ -> Layout.values()[random.nextInt(2)]);
      } while (!allowed(transposeA, transposeB, layouts[0], layouts[2]));
      return of(rows, columns, depth, transposeA, transposeB, layouts, random);
    }

    static boolean allowed(boolean transposeA, boolean transposeB, Layout a, Layout c) {
      return !(transposeA && a == Layout.PANELS) && !(transposeB && c == Layout.PANELS);
    }

    static Case of(
        int rows,
        int columns,
        int depth,
        boolean transposeA,
        boolean transposeB,
        Layout[] layouts,
        Random random) {
      int[] height = {
        transposeA ? depth : rows, transposeB ? columns : depth, rows,
      };
      int[] width = {transposeA ? rows : depth, transposeB ? depth : columns, columns};
      int[] offsets = new int[3];
      int at = random.nextInt(20);
      int end = 0;
      int first = random.nextInt(3);
      for (int i = 0; i < 3; i++) {
        int which = (first + i) % 3;
        height[which] += random.nextInt(3);
        offsets[which] = at;
        at += layouts[which].size(height[which], width[which]);
        end = Math.max(end, at + layouts[which].slack(width[which]));
        at += random.nextInt(20);
      }
      float[] array = new float[end];
      Arrays.fill(array, random.nextBoolean() ? 1e30f : Float.NaN);
      Matrix[] all = new Matrix[3];
      Arrays.setAll(all, i -> new Matrix(array, offsets[i], height[i], width[i], layouts[i]));
      var made = new Case(rows, columns, depth, transposeA, transposeB, all[0], all[1], all[2]);
      for (int k = 0; k < depth; k++) {
        for (int row = 0; row < rows; row++) {
          array[made.indexA(row, k)] = (float) random.nextGaussian();
        }
        for (int column = 0; column < columns; column++) {
          array[made.indexB(k, column)] = (float) random.nextGaussian();
        }
      }
      return made;
    }

    int indexA(int row, int k) {
      return transposeA ? a.index(k, row) : a.index(row, k);
    }

    int indexB(int k, int column) {
      return transposeB ? b.index(column, k) : b.index(k, column);
    }

    /** The definition, row after row. */
    float[] naive() {
      float[] result = new float[rows * columns];
      float[] row = new float[depth];
      for (int i = 0; i < rows; i++) {
        for (int k = 0; k < depth; k++) {
          row[k] = a.array()[indexA(i, k)];
        }
        for (int column = 0; column < columns; column++) {
          float sum = 0;
          for (int k = 0; k < depth; k++) {
            sum = Math.fma(row[k], b.array()[indexB(k, column)], sum);
          }
          result[i * columns + column] = sum;
        }
      }
      return result;
    }

    float[] run(MatrixProduct product) {
      product.run(a, b, c, rows, depth);
      float[] result = new float[rows * columns];
      for (int i = 0; i < result.length; i++) {
        result[i] = c.get(i / columns, i % columns);
      }
      return result;
    }

    MatrixProduct product(Width width, Workers workers) {
      return new MatrixProduct(transposeA, transposeB, width, workers);
    }

    void check(Width width, Workers workers) {
      check(product(width, workers), naive());
    }

    void check(MatrixProduct product, float[] naive) {
      float[] before = c.array().clone();
      assertArrayEquals(naive, run(product), this::toString);
      assertEquals(-1, firstChange(before), () -> this + " wrote outside of C");
    }

    /** Where anything changed but elements of C and the padding of their rows. */
    int firstChange(float[] before) {
      float[] after = c.array().clone();
      int panel = c.layout() == Layout.PANELS ? (columns - 1) / Layout.PANEL * Layout.PANEL : 0;
      for (int row = 0; row < rows; row++) {
        for (int column = 0; column < columns; column++) {
          after[c.index(row, column)] = before[c.index(row, column)];
        }
        int end = c.index(row, panel) + c.stride(panel);
        for (int i = c.index(row, columns - 1) + 1; i < end; i++) {
          after[i] = before[i];
        }
      }
      return Arrays.mismatch(before, after);
    }

    @Override
    public String toString() {
      return "%d x %d x %d: A %s%s, B %s%s, C %s"
          .formatted(
              rows,
              columns,
              depth,
              a.layout(),
              transposeA ? "'" : "",
              b.layout(),
              transposeB ? "'" : "",
              c.layout());
    }
  }

  private static int any(int[] of, Random random) {
    return of[random.nextInt(of.length)];
  }

  @ParameterizedTest
  @EnumSource
  void randomShapes(Width width) {
    Random random = new Random(1);
    for (int i = 0; i < 400; i++) {
      Case.of(1 + random.nextInt(40), 1 + random.nextInt(40), 1 + random.nextInt(40), i % 4, random)
          .check(width, any(TEAMS, random));
    }
  }

  private static Workers any(Workers[] of, Random random) {
    return of[random.nextInt(of.length)];
  }

  @ParameterizedTest
  @EnumSource
  void edges(Width width) {
    Random random = new Random(2);
    for (int rows : SIZES) {
      for (int columns : SIZES) {
        Case.of(rows, columns, any(DEPTHS, random), random.nextInt(4), random)
            .check(width, any(TEAMS, random));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void depths(Width width) {
    Random random = new Random(3);
    for (int depth : DEPTHS) {
      for (int i = 0; i < 16; i++) {
        Case.of(any(SIZES, random), any(SIZES, random), depth, i % 4, random)
            .check(width, any(TEAMS, random));
      }
    }
  }

  /** Several panels, tasks and passes over k. */
  @ParameterizedTest
  @EnumSource
  void everyLayoutForAnyNumberOfThreads(Width width) {
    Random random = new Random(4);
    for (int bits = 0; bits < 32; bits++) {
      boolean transposeA = (bits & 1) != 0;
      boolean transposeB = (bits & 2) != 0;
      Layout[] layouts = {layout(bits & 4), layout(bits & 8), layout(bits & 16)};
      Case large = Case.of(131, 135, 270, transposeA, transposeB, layouts, random);
      if (Case.allowed(transposeA, transposeB, layouts[0], layouts[2])) {
        float[] naive = large.naive();
        for (Workers workers : TEAMS) {
          MatrixProduct product = large.product(width, workers);
          large.check(product, naive);
          large.check(product, naive);
        }
      } else {
        MatrixProduct product = large.product(width, TEAMS[0]);
        assertThrows(IllegalArgumentException.class, () -> large.run(product), large::toString);
      }
    }
  }

  /** Also those that another processor takes; and passes, where a tile of this one has but one. */
  @ParameterizedTest
  @EnumSource
  void tilesOfEveryShape(Width width) {
    Random random = new Random(6);
    for (TileShape shape : List.of(TileShape.of(width), TileShape.WIDE, TileShape.TALL)) {
      for (int i = 0; i < 24; i++) {
        int depth = i == 0 ? 1100 : any(DEPTHS, random);
        Case each = Case.of(any(SIZES, random), any(SIZES, random), depth, i % 4, random);
        each.check(
            new MatrixProduct(each.transposeA, each.transposeB, width, shape, any(TEAMS, random)),
            each.naive());
      }
    }
  }

  private static Layout layout(int bit) {
    return bit == 0 ? Layout.ROWS : Layout.PANELS;
  }

  /** Room of an earlier, larger product holds its numbers still. */
  @Test
  void anInstanceServesManySizes() {
    Random random = new Random(5);
    for (int transposes = 0; transposes < 4; transposes++) {
      var product =
          new MatrixProduct(
              (transposes & 1) != 0, (transposes & 2) != 0, Width.preferred(), TEAMS[1]);
      for (int[] size :
          new int[][] {{33, 70, 300}, {5, 3, 2}, {40, 1, 300}, {70, 2, 300}, {1, 90, 600}}) {
        Case each = Case.of(size[0], size[1], size[2], transposes, random);
        each.check(product, each.naive());
      }
    }
  }

  /** NaN and infinities go where the definition takes them, and not beyond. */
  @ParameterizedTest
  @EnumSource
  void specialNumbersStayInTheirRowsAndColumns(Width width) {
    Random random = new Random(6);
    for (int i = 0; i < 32; i++) {
      Case small = Case.of(9, 33, 5, i % 4, random);
      small.a.array()[small.indexA(8, 0)] = Float.NaN;
      small.b.array()[small.indexB(0, 32)] = Float.POSITIVE_INFINITY;
      small.check(width, TEAMS[0]);
      assertEquals(33 + 8, countNonFinite(small.naive()));
    }
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
    Case given = Case.of(rows, columns, depth, transposes, new Random(7));
    var a = new DMatrixRMaj(rows, depth);
    var b = new DMatrixRMaj(depth, columns);
    for (int k = 0; k < depth; k++) {
      for (int row = 0; row < rows; row++) {
        a.set(row, k, given.a.array()[given.indexA(row, k)]);
      }
      for (int column = 0; column < columns; column++) {
        b.set(k, column, given.b.array()[given.indexB(k, column)]);
      }
    }
    var exact = new DMatrixRMaj(rows, columns);
    CommonOps_DDRM.mult(a, b, exact);
    var magnitude = new DMatrixRMaj(rows, columns);
    CommonOps_DDRM.abs(a);
    CommonOps_DDRM.abs(b);
    CommonOps_DDRM.mult(a, b, magnitude);
    float[] c = given.run(given.product(Width.preferred(), TEAMS[1]));
    double ku = depth * 0x1p-24;
    double gamma = ku / (1 - ku);
    for (int i = 0; i < rows * columns; i++) {
      double error = Math.abs(exact.get(i) - c[i]);
      // The double product has its own, far smaller error.
      assertTrue(error <= gamma * magnitude.get(i) * (1 + 1e-6), "element " + i + ": " + error);
    }
  }

  /** Takes blocks, and notes whatever is wrong with one. */
  private static final class Taker implements Epilogue {
    final Case of;
    final AtomicIntegerArray counts;
    final AtomicIntegerArray busy;
    final float[] result;
    final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();

    Taker(Case of, int threads) {
      this.of = of;
      counts = new AtomicIntegerArray(of.rows * of.columns);
      busy = new AtomicIntegerArray(threads);
      result = new float[of.rows * of.columns];
    }

    @Override
    public void take(
        float[] block, int at, int stride, int row, int rows, int column, int columns, int worker) {
      if (!busy.compareAndSet(worker, 0, 1)) {
        wrong.add("two blocks at a time from worker " + worker);
      }
      if (of.c.layout() == Layout.PANELS
          && (of.c.index(row, column) != of.c.index(0, column) + row * stride
              || of.c.stride(column) != stride)) {
        wrong.add("a block does not lie as the panel does");
      }
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < stride; j++) {
          float value = block[at + i * stride + j];
          int to = (row + i) * of.columns + column + j;
          if (j < columns) {
            counts.incrementAndGet(to);
            result[to] = value;
          } else if (value != 0) {
            wrong.add("padding of " + value);
          }
        }
      }
      busy.set(worker, 0);
    }

    void check(float[] naive) {
      assertEquals("[]", wrong.toString(), of::toString);
      for (int i = 0; i < counts.length(); i++) {
        assertEquals(1, counts.get(i), of + ": element " + i);
      }
      assertArrayEquals(naive, result, of::toString);
    }
  }

  private static void checkEpilogue(Case each, Width width, Workers workers) {
    float[] naive = each.naive();
    float[] before = each.c.array().clone();
    MatrixProduct product = each.product(width, workers);
    Taker taker = new Taker(each, workers.threads());
    product.run(each.a, each.b, each.c, each.rows, each.depth, taker);
    taker.check(naive);
    assertEquals(-1, Arrays.mismatch(before, each.c.array()), () -> each + " stored something");
    each.check(product, naive); // the same instance stores again
  }

  @ParameterizedTest
  @EnumSource
  void anEpilogueTakesEveryElementOnce(Width width) {
    Random random = new Random(8);
    for (int i = 0; i < 200; i++) {
      Case each =
          Case.of(any(SIZES, random), any(SIZES, random), any(DEPTHS, random), i % 2, random);
      checkEpilogue(each, width, any(TEAMS, random));
    }
    for (Workers workers : TEAMS) {
      for (int transposes = 0; transposes < 2; transposes++) {
        checkEpilogue(Case.of(150, 200, 100, transposes, random), width, workers);
      }
    }
  }

  @Test
  void noEpilogueWhereTheResultIsComputedAsItsTranspose() {
    Case given = Case.of(20, 30, 10, 2, new Random(11));
    MatrixProduct product = given.product(Width.preferred(), TEAMS[0]);
    Taker taker = new Taker(given, 1);
    assertThrows(
        IllegalStateException.class,
        () -> product.run(given.a, given.b, given.c, given.rows, given.depth, taker));
  }

  @Test
  void anErrorOfAnEpilogueReachesTheCaller() {
    Case large = Case.of(150, 130, 100, 1, new Random(9));
    MatrixProduct product = large.product(Width.preferred(), TEAMS[2]);
    var thrown = new IllegalStateException("full");
    Epilogue refusing =
        (_, _, _, _, _, _, _, _) -> {
          throw thrown;
        };
    assertEquals(
        thrown,
        assertThrows(
            IllegalStateException.class,
            () -> product.run(large.a, large.b, large.c, large.rows, large.depth, refusing)));
    large.check(product, large.naive());
  }

  /** Plain Java never allocates; with vectors it is so once the JIT has compiled the tile. */
  @ParameterizedTest
  @CsvSource({"0", "1", "2", "3"})
  void runAllocatesNothing(int transposes) {
    runAllocatesNothing(Width.SCALAR, transposes);
    runAllocatesNothing(Width.preferred(), transposes);
  }

  private static void runAllocatesNothing(Width width, int transposes) {
    Case given = Case.of(70, 130, 270, transposes, new Random(10));
    MatrixProduct product = given.product(width, TEAMS[2]);
    Epilogue nothing = (_, _, _, _, _, _, _, _) -> {};
    Runnable round =
        () -> {
          for (int i = 0; i < 25; i++) {
            product.run(given.a, given.b, given.c, given.rows, given.depth);
            if (transposes < 2) {
              product.run(given.a, given.b, given.c, given.rows, given.depth, nothing);
            }
          }
        };
    round.run();
    Allocations allocations = new Allocations();
    assertTrue(allocations.workers() >= 2);
    assertTrue(allocations.vanish(width == Width.SCALAR ? 5 : 50, round));
  }
}
