package dev.anneal.bench;

import dev.anneal.core.kernel.Width;
import dev.anneal.core.matrix.Layout;
import dev.anneal.core.matrix.Matrix;
import dev.anneal.core.matrix.MatrixProduct;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Products of row-major matrices, packing included, in the shapes of a training step of
 * 784-512-200-10 with batch 64, and square.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 2, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up first
public class MatrixProductBenchmark {
  /** Rows, depth and columns, then which operand is stored transposed, if one is. */
  @Param({
    "64x784x512",
    "64x512x200",
    "784x64x512 A transposed",
    "64x200x512 B transposed",
    "512x512x512",
    "1024x1024x1024"
  })
  public String shape;

  private int rows;
  private int depth;
  private Matrix a;
  private Matrix b;
  private Matrix c;
  private MatrixProduct product;

  /** A class that JMH must be able to create. */
  public MatrixProductBenchmark() {}

  /**
   * Reads the shape.
   *
   * @param team who computes
   */
  @Setup
  public void prepare(Team team) {
    String[] words = shape.split(" ", 2);
    int[] sizes = Arrays.stream(words[0].split("x", -1)).mapToInt(Integer::parseInt).toArray();
    rows = sizes[0];
    depth = sizes[1];
    int columns = sizes[2];
    boolean transposeA = shape.contains("A");
    boolean transposeB = shape.contains("B");
    // As in training: activations in rows, weights and their gradients in panels.
    a = matrix(rows, depth, transposeA, Layout.ROWS, 1);
    b = matrix(depth, columns, transposeB, transposeA ? Layout.ROWS : Layout.PANELS, 2);
    c = Matrix.zeros(rows, columns, transposeA ? Layout.PANELS : Layout.ROWS);
    product = new MatrixProduct(transposeA, transposeB, Width.preferred(), team.workers);
  }

  private static Matrix matrix(
      int rows, int columns, boolean transposed, Layout layout, long seed) {
    Matrix matrix =
        transposed ? Matrix.zeros(columns, rows, layout) : Matrix.zeros(rows, columns, layout);
    matrix.set(Numbers.random(rows * columns, seed), 0);
    return matrix;
  }

  /**
   * One product.
   *
   * @param team who computes
   * @param done counts
   * @return the result
   */
  @Benchmark
  public Matrix product(Team team, Arithmetic done) {
    product.run(a, b, c, rows, depth);
    done.add(2.0 * rows * depth * c.columns(), team);
    return c;
  }
}
