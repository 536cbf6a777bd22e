package dev.anneal.bench;

import dev.anneal.core.kernel.MatrixProduct;
import dev.anneal.core.kernel.Width;
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
  private int columns;
  private float[] a;
  private float[] b;
  private float[] c;
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
    columns = sizes[2];
    a = Numbers.random(rows * depth, 1);
    b = Numbers.random(depth * columns, 2);
    c = new float[rows * columns];
    boolean transposeA = shape.contains("A");
    boolean transposeB = shape.contains("B");
    product = new MatrixProduct(transposeA, transposeB, Width.preferred(), team.workers);
  }

  /**
   * One product.
   *
   * @param team who computes
   * @param done counts
   * @return the result
   */
  @Benchmark
  public float[] product(Team team, Arithmetic done) {
    product.run(rows, columns, depth, a, 0, b, 0, c, 0);
    done.add(2.0 * rows * depth * columns, team);
    return c;
  }
}
