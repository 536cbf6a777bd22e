package dev.anneal.cli;

import dev.anneal.api.numeric.NumberFormats;
import dev.anneal.core.backend.Backend;
import dev.anneal.core.parallel.Workers;
import dev.anneal.experiments.ActiveRun;
import dev.anneal.experiments.PreparedRun;
import dev.anneal.nn.graph.Parameter;
import dev.anneal.nn.model.Model;
import dev.anneal.nn.training.TrainingListener;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * How the runs of a comparison share the processors: several at a time, or one after the other with
 * all threads. No bit depends on it.
 *
 * @param runs how many at a time
 * @param threads how many for each
 * @param why in words
 */
record Abreast(int runs, int threads, String why) {
  /** A step of a network with fewer weights is over before threads have met. */
  private static final int SMALL = 50_000;

  /** Each of the two ways is tried for so long, so often, in turn: other work disturbs both. */
  private static final long NANOSECONDS = TimeUnit.MILLISECONDS.toNanos(200);

  private static final int TURNS = 4;

  /** A kernel that is not compiled by then is left out of account. */
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(6);

  /**
   * Chooses.
   *
   * @param run one of the runs
   * @param number how many there are
   * @param threads how many may compute
   * @return the faster way
   */
  static Abreast of(PreparedRun run, int number, int threads) {
    int most = Math.min(threads, number);
    if (most < 2) {
      return new Abreast(1, threads, "there is one thread, or one run");
    }
    int share = threads / most;
    if (isSmall(run.model())) {
      return new Abreast(most, share, "small networks: threads would wait for each other");
    }
    try (ExecutorService lanes = Executors.newFixedThreadPool(most);
        Trial abreast = Trial.of(run, most, share, lanes);
        Trial after = Trial.of(run, 1, threads, lanes)) {
      warm(abreast, after);
      double gain = gain(abreast, after);
      return gain > 1
          ? new Abreast(most, share, faster(gain, "as one after the other"))
          : new Abreast(1, threads, faster(1 / gain, "as side by side"));
    }
  }

  /** Whether threads within a run would gain nothing. */
  static boolean isSmall(Model model) {
    return weights(model) < SMALL;
  }

  /** How many weights a network has. */
  static long weights(Model model) {
    return model.parameters().stream().mapToLong(Parameter::size).sum();
  }

  private static String faster(double times, String as) {
    return "measured: %s times as fast %s".formatted(NumberFormats.significant(times, 3), as);
  }

  /** Kernels that wait for the compilers run as scalar code, several times slower. */
  private static void warm(Trial abreast, Trial after) {
    long start = System.nanoTime();
    do {
      abreast.speed();
      after.speed();
    } while (Backend.now().waiting() > 0 && System.nanoTime() - start < PATIENCE);
  }

  private static double gain(Trial abreast, Trial after) {
    double side = 0;
    double alone = 0;
    for (int i = 0; i < TURNS; i++) {
      side += abreast.speed();
      alone += after.speed();
    }
    return side / alone;
  }

  /** Some runs that take steps side by side, over and over. */
  private record Trial(PreparedRun run, List<Workers> workers, ExecutorService lanes)
      implements AutoCloseable {
    static Trial of(PreparedRun run, int runs, int threads, ExecutorService lanes) {
      return new Trial(
          run, Stream.generate(() -> new Workers(threads)).limit(runs).toList(), lanes);
    }

    /** Steps in a second, of all runs together. */
    double speed() {
      try {
        double sum = 0;
        for (Future<Double> speed : lanes.invokeAll(workers.stream().map(this::steps).toList())) {
          sum += speed.get();
        }
        return sum;
      } catch (ExecutionException e) {
        throw new IllegalStateException("a run failed that was tried", e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return 0;
      }
    }

    private Callable<Double> steps(Workers threads) {
      return () -> {
        ActiveRun active = new ActiveRun(run, threads, TrainingListener.NONE);
        long start = System.nanoTime();
        long steps = 0;
        do {
          steps++;
        } while (active.step() && System.nanoTime() - start < NANOSECONDS);
        return steps * 1e9 / (System.nanoTime() - start);
      };
    }

    @Override
    public void close() {
      workers.forEach(Workers::close);
    }
  }

  /** A line that says so. */
  String sentence() {
    return runs == 1
        ? "one run after the other, threads: %d (%s)".formatted(threads, why)
        : "%d runs at a time, threads for each: %d (%s)".formatted(runs, threads, why);
  }
}
