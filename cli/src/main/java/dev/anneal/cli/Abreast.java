package dev.anneal.cli;

import dev.anneal.api.numeric.NumberFormats;
import dev.anneal.core.parallel.Workers;
import dev.anneal.experiments.ActiveRun;
import dev.anneal.experiments.PreparedRun;
import dev.anneal.nn.graph.Parameter;
import dev.anneal.nn.training.TrainingListener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

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

  /** Of trying, for each of the two ways; the first half lets the compilers come along. */
  private static final long NANOSECONDS = TimeUnit.MILLISECONDS.toNanos(1500);

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
    long weights = run.model().parameters().stream().mapToLong(Parameter::size).sum();
    if (weights < SMALL) {
      return new Abreast(most, share, "small networks: threads would wait for each other");
    }
    double abreast = speed(run, most, share);
    double after = speed(run, 1, threads);
    return abreast > after
        ? new Abreast(most, share, faster(abreast / after, "than one after the other"))
        : new Abreast(1, threads, faster(after / abreast, "than side by side"));
  }

  private static String faster(double times, String than) {
    return "measured: %s times as fast %s".formatted(NumberFormats.significant(times, 3), than);
  }

  /** Steps in a second, of all runs together. */
  private static double speed(PreparedRun run, int runs, int threads) {
    try (ExecutorService lanes = Executors.newFixedThreadPool(runs)) {
      List<Future<Double>> speeds = new ArrayList<>();
      for (int i = 0; i < runs; i++) {
        speeds.add(lanes.submit(() -> speed(run, threads)));
      }
      double sum = 0;
      for (Future<Double> speed : speeds) {
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

  private static double speed(PreparedRun run, int threads) {
    try (Workers workers = new Workers(threads)) {
      ActiveRun active = new ActiveRun(run, workers, TrainingListener.NONE);
      steps(active, NANOSECONDS / 2);
      return steps(active, NANOSECONDS / 2);
    }
  }

  private static double steps(ActiveRun active, long nanoseconds) {
    long start = System.nanoTime();
    long steps = 0;
    do {
      steps += active.step() ? 1 : 0;
    } while (System.nanoTime() - start < nanoseconds);
    return steps * 1e9 / (System.nanoTime() - start);
  }

  /** A line that says so. */
  String sentence() {
    return runs == 1
        ? "one run after the other, threads: %d (%s)".formatted(threads, why)
        : "%d runs at a time, threads for each: %d (%s)".formatted(runs, threads, why);
  }
}
