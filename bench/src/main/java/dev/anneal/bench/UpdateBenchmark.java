package dev.anneal.bench;

import dev.anneal.core.kernel.FloatKernel;
import dev.anneal.core.kernel.Kernels;
import dev.anneal.core.lane.Formula;
import dev.anneal.core.optimize.Hyperparameter;
import dev.anneal.core.optimize.Optimizer;
import dev.anneal.core.optimize.UpdateRule;
import dev.anneal.core.schedule.Progress;
import dev.anneal.core.spec.Catalogue;
import dev.anneal.core.work.Workers;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Updates of 100 million weights, more than any cache holds, in blocks as the engine does them. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 2, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up first
public class UpdateBenchmark {
  private static final int WEIGHTS = 100_000_000;

  /** What JMH reports next to the throughput, given that it divides by nanoseconds. */
  @AuxCounters
  @State(Scope.Thread)
  public static class Traffic {
    /** Bytes read and written: per nanosecond, gigabytes in a second. */
    public double gigabytes;

    /** A part of the bandwidth of a copy. */
    public double ofCopy;

    /** A part of the bandwidth of {@code a = a + s b}, written by hand. */
    public double ofAxpy;

    /** A class that JMH must be able to create. */
    public Traffic() {}
  }

  /** The optimizer. */
  @Param({
    "sgd",
    "sgd(momentum=0.9)",
    "sgd(momentum=0.9, dialect=torch)",
    "adam",
    "adam(amsgrad=true)",
    "adamw",
    "rmsprop",
    "rmsprop(centered=true, momentum=0.9)",
    "adagrad",
    "adadelta",
    "adamax",
    "nadam",
    "radam",
    "lion",
    "adabelief",
    "yogi",
    "adan",
    "adopt",
    "ademamix",
    "ftrl",
    "rprop",
    "asgd",
    "signum"
  })
  public String optimizer;

  /** How many threads. */
  @Param({"1", "2"})
  public int threads;

  private final Workers.Task task = this::block;
  private Workers workers;
  private FloatKernel kernel;
  private float[][] arrays;
  private int[][] offsets;
  private double[] uniforms;
  private float[] prepared;
  private int bytes;
  private MemoryCeiling memory;
  private double copy;
  private double axpy;

  /** A class that JMH must be able to create. */
  public UpdateBenchmark() {}

  /** Compiles the rule and fills its arrays. */
  @Setup(Level.Trial)
  public void prepare() {
    workers = new Workers(threads);
    Optimizer parsed = Catalogue.load().optimizer(optimizer);
    UpdateRule rule = parsed.rule();
    Formula formula = rule.formula();
    kernel = Kernels.compile(formula);
    Progress start = Progress.at(0, 1, 1);
    List<Hyperparameter> hyperparameters = parsed.hyperparameters();
    uniforms = rule.uniforms();
    for (int i = 0; i < hyperparameters.size(); i++) {
      uniforms[i] = hyperparameters.get(i).schedule().at(start);
    }
    uniforms[hyperparameters.size()] = 1;
    prepared = new float[kernel.preparedSize()];
    arrays = new float[formula.arrays()][];
    for (int i = 0; i < arrays.length; i++) {
      arrays[i] = i < 2 ? Numbers.random(WEIGHTS, i) : new float[WEIGHTS];
      if (i >= 2) {
        Arrays.fill(arrays[i], (float) rule.slots().get(i - 2).initial());
      }
    }
    offsets = new int[Math.ceilDiv(WEIGHTS, MemoryCeiling.BLOCK)][arrays.length];
    for (int i = 0; i < offsets.length; i++) {
      Arrays.fill(offsets[i], i * MemoryCeiling.BLOCK);
    }
    bytes = (arrays.length + formula.outputs().size()) * Float.BYTES;
    memory = new MemoryCeiling(workers, arrays[0], arrays[1]);
  }

  /** Measures the bandwidth of this moment. */
  @Setup(Level.Iteration)
  public void measure() {
    copy = memory.copy();
    axpy = memory.axpy();
  }

  /** Ends the threads. */
  @TearDown(Level.Trial)
  public void close() {
    workers.close();
  }

  /**
   * One update.
   *
   * @param traffic counts
   * @return the weights
   */
  @Benchmark
  public float[] update(Traffic traffic) {
    kernel.prepare(uniforms, prepared);
    workers.run(offsets.length, task);
    double all = (double) WEIGHTS * bytes;
    traffic.gigabytes += all;
    traffic.ofCopy += all / copy;
    traffic.ofAxpy += all / axpy;
    return arrays[0];
  }

  private void block(int index, int worker) {
    int from = offsets[index][0];
    kernel.run(arrays, offsets[index], prepared, Math.min(MemoryCeiling.BLOCK, WEIGHTS - from));
  }
}
