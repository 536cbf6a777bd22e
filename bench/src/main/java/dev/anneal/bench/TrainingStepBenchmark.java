package dev.anneal.bench;

import dev.anneal.core.data.Samples;
import dev.anneal.core.optimize.Optimizer;
import dev.anneal.core.spec.Catalogue;
import dev.anneal.data.ArraySamples;
import dev.anneal.nn.Mlp;
import dev.anneal.nn.Trainer;
import java.util.List;
import java.util.SplittableRandom;
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
 * the tally, the schedules and the shuffle count too. The score and the bytes are those of one
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

    final String sizes;
    final int batch;
    final String optimizer;

    Task(String sizes, int batch, String optimizer) {
      this.sizes = sizes;
      this.batch = batch;
      this.optimizer = optimizer;
    }

    Mlp mlp() {
      return Mlp.parse(sizes);
    }

    /**
     * Operations of a step's matrix products: forward, to the weights, and to the input of every
     * layer but the first.
     */
    double flops() {
      List<Integer> sizes = mlp().sizes();
      double flops = 0;
      for (int layer = 1; layer < sizes.size(); layer++) {
        double product = 2.0 * batch * sizes.get(layer - 1) * sizes.get(layer);
        flops += (layer == 1 ? 2 : 3) * product;
      }
      return flops;
    }

    /** Noise: nothing that training could finish with while it is measured. */
    Samples samples() {
      Mlp mlp = mlp();
      float[][] rows = new float[STEPS * batch][];
      int[] labels = new int[rows.length];
      SplittableRandom random = new SplittableRandom(1);
      for (int i = 0; i < rows.length; i++) {
        rows[i] = Numbers.random(mlp.features(), i);
        labels[i] = random.nextInt(mlp.classes());
      }
      return ArraySamples.of(rows, labels, mlp.classes());
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
    Optimizer optimizer = Catalogue.load().optimizer(task.optimizer);
    Mlp mlp = task.mlp();
    flops = STEPS * task.flops();
    training =
        new EpochByEpoch(
            new Trainer(mlp.model(), mlp.loss(), optimizer, task.batch, 1, team.workers),
            task.samples());
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
