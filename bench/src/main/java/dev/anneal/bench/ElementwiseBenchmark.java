package dev.anneal.bench;

import dev.anneal.api.expression.Expression;
import dev.anneal.core.codegen.Kernels;
import dev.anneal.core.kernel.FloatKernel;
import dev.anneal.core.kernel.KernelSpec;
import dev.anneal.core.kernel.Width;
import dev.anneal.core.parallel.Workers;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Compiled formulas of one operand on numbers that lie in the first-level cache, one thread. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 2, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up first
public class ElementwiseBenchmark {
  private static final int SIZE = 4096;

  /** How wide: the preferred width, or its scalar reference. */
  public enum Form {
    /** As wide as is preferred. */
    VECTOR,
    /** Without the Vector API. */
    SCALAR
  }

  /** What JMH reports next to the time of an element. */
  @AuxCounters
  @State(Scope.Thread)
  public static class Slots {
    /** The fma operations on one number that the core could have done in that time. */
    public double fmaSlots;

    /** A class that JMH must be able to create. */
    public Slots() {}
  }

  /** The function; the logarithm is that of the absolute value. */
  @Param({"exp", "log", "tanh", "sigmoid", "relu"})
  public String function;

  /** The width. */
  @Param public Form form;

  private final float[][] arrays = {Numbers.random(SIZE, 1), new float[SIZE]};
  private final int[] offsets = new int[2];
  private final float[] prepared = {};
  private FloatKernel kernel;
  private FmaCeiling fma;
  private double ceiling;

  /** A class that JMH must be able to create. */
  public ElementwiseBenchmark() {}

  /** Compiles. */
  @Setup(Level.Trial)
  public void prepare() {
    fma = new FmaCeiling(new Workers(1));
    KernelSpec spec = new KernelSpec(2, 0, List.of(new KernelSpec.Output(1, value())));
    kernel = Kernels.compile(spec, form == Form.SCALAR ? Width.SCALAR : Width.preferred());
  }

  private Expression value() {
    Expression x = new Expression.Operand(0);
    return switch (function) {
      case "exp" -> x.exp();
      case "log" -> x.abs().log();
      case "tanh" -> x.tanh();
      case "sigmoid" -> x.sigmoid();
      case "relu" -> x.max(Expression.of(0));
      default -> throw new IllegalArgumentException(function);
    };
  }

  /** Measures the ceiling of this moment. */
  @Setup(Level.Iteration)
  public void measure() {
    ceiling = fma.gigaflops();
  }

  /**
   * One pass.
   *
   * @param slots counts
   * @return the result
   */
  @Benchmark
  @OperationsPerInvocation(SIZE)
  public float[] element(Slots slots) {
    kernel.run(arrays, offsets, prepared, SIZE);
    slots.fmaSlots += SIZE * 2 / ceiling; // JMH divides the time by this
    return arrays[1];
  }
}
