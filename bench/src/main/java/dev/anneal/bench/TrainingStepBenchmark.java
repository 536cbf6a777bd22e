package dev.anneal.bench;

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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Training steps through the public trainer, on synthetic samples: whole epochs, so that gathering,
 * the metrics, the schedules and the shuffle count too. The score and the bytes are those of one
 * step.
 *
 * <p>The warm-up is long because some kernels run once a step: the JIT compiles them for good only
 * after 5,000 steps or more.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 2, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 4, time = 4)
@Measurement(iterations = 3, time = 2)
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up first
public class TrainingStepBenchmark {
  /** Steps of an epoch. */
  private static final int STEPS = 100;

  /** What is trained. */
  public enum Task {
    /** The reference perceptron for Fashion-MNIST, plain gradient descent. */
    MLP_SGD("784-512-200-10", 64, "sgd(learning_rate=0.01)"),
    /** The same with Adam. */
    MLP_ADAM("784-512-200-10", 64, "adam(learning_rate=0.0001)"),
    /** The reference perceptron for Ionosphere. */
    SMALL_SGD("34-34-1", 28, "sgd(learning_rate=0.01)");

    private final String sizes;
    private final int batch;
    private final String optimizer;

    Task(String sizes, int batch, String optimizer) {
      this.sizes = sizes;
      this.batch = batch;
      this.optimizer = optimizer;
    }

    Workload workload() {
      return new Workload(sizes, batch, optimizer, STEPS);
    }
  }

  /** What JMH reports next to the steps in a second. */
  @AuxCounters
  @State(Scope.Thread)
  public static class Done {
    /** Samples in a second. */
    public double samples;

    /** Seconds that the matrix products take at the ceiling: per second, a part of it. */
    public double ofCeiling;

    /** A class that JMH must be able to create. */
    public Done() {}
  }

  /** The task. */
  @Param public Task task;

  private EpochByEpoch training;
  private double flops;

  /** A class that JMH must be able to create. */
  public TrainingStepBenchmark() {}

  /**
   * Starts the run.
   *
   * @param team who computes
   */
  @Setup(Level.Trial)
  public void start(Team team) {
    flops = STEPS * task.workload().flops();
    training = task.workload().start(team.workers);
  }

  /** Ends the run. */
  @TearDown(Level.Trial)
  public void close() {
    training.close();
  }

  /**
   * One epoch.
   *
   * @param team who computes
   * @param done counts
   */
  @Benchmark
  @OperationsPerInvocation(STEPS)
  public void step(Team team, Done done) {
    training.epoch();
    done.samples += STEPS * task.batch;
    done.ofCeiling += flops / (team.ceiling * 1e9);
  }
}
