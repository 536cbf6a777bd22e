package dev.anneal.bench;

import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.optimizer.Granularity;
import dev.anneal.api.optimizer.Hyperparameter;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.schedule.Progress;
import dev.anneal.core.kernel.Width;
import dev.anneal.core.matrix.Layout;
import dev.anneal.core.matrix.Matrix;
import dev.anneal.core.parallel.Workers;
import dev.anneal.core.random.RandomStream;
import dev.anneal.core.update.Update;
import dev.anneal.core.update.UpdateCompiler;
import dev.anneal.core.update.UpdateProgram;
import java.util.List;
import java.util.Map;
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
  private static final int SIDE = 10_000;
  private static final int WEIGHTS = SIDE * SIDE;

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
    "signum",
    "madgrad",
    "schedule-free-sgd",
    "schedule-free-adamw",
    "sophia",
    "clip(adam, value=1)",
    "lookahead(adam)",
    "ema(adam)",
    "clip(sgd, global_norm=1)",
    "lamb",
    "lars",
    "novograd",
    "sm3",
    "adafactor",
    "prodigy"
  })
  public String optimizer;

  /** How many threads. */
  @Param({"1", "2"})
  public int threads;

  private Workers workers;
  private Update update;
  private Runnable step;
  private Matrix weights;
  private double[] values;
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
    List<Hyperparameter> hyperparameters = parsed.hyperparameters();
    values = new double[hyperparameters.size() + 1];
    for (int i = 0; i < hyperparameters.size(); i++) {
      values[i] = hyperparameters.get(i).schedule().at(Progress.at(0, 1, 1));
    }
    values[hyperparameters.size()] = 1;
    weights = matrix(0);
    Matrix gradient = matrix(1);
    update = new Update(parsed, List.of(weights), new RandomStream(1), Width.preferred(), workers);
    step = update.separate(0, Map.of(0, gradient), () -> 1);
    long slots =
        UpdateCompiler.compile(parsed, new UpdateProgram.Shape(SIDE, SIDE), 0).slots().stream()
            .filter(slot -> slot.granularity() == Granularity.WEIGHT)
            .count();
    // Weight and slots are read and written, the gradient is read.
    bytes = (int) (3 + 2 * slots) * Float.BYTES;
    memory = new MemoryCeiling(workers, weights.array(), gradient.array());
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
    update.prepare(values);
    step.run();
    double all = (double) WEIGHTS * bytes;
    traffic.gigabytes += all;
    traffic.ofCopy += all / copy;
    traffic.ofAxpy += all / axpy;
    return weights.array();
  }

  /** Rows without gaps. */
  private static Matrix matrix(int seed) {
    Matrix matrix = Matrix.zeros(SIDE, SIDE, Layout.ROWS);
    matrix.set(Numbers.random(WEIGHTS, seed), 0);
    return matrix;
  }
}
