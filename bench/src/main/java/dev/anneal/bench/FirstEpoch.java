package dev.anneal.bench;

import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.core.matrix.MatrixProduct;
import dev.anneal.core.parallel.Workers;
import dev.anneal.core.sample.Samples;
import dev.anneal.data.DataSets;
import dev.anneal.data.Split;
import dev.anneal.nn.Mlp;
import dev.anneal.nn.training.EpochMetrics;
import dev.anneal.nn.training.Trainer;
import dev.anneal.nn.training.Training;
import dev.anneal.nn.training.TrainingListener;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * The cold start, in a JVM that has done nothing yet: what the first epochs of 784-512-200-10 on
 * 16,000 images of Fashion-MNIST cost, and what they cost later. Not for JMH, which warms up.
 */
public final class FirstEpoch {
  private static final int SAMPLES = 16_000;
  private static final int BATCH = 64;
  private static final int EPOCHS = 30;
  private static final int WARM = 10;
  private static final int SHOWN = 4;

  private FirstEpoch() {}

  /**
   * Measures once.
   *
   * @param args how many threads (2), an optimizer (sgd), and how many epochs (30): the last ten
   *     are warm
   */
  public static void main(String[] args) {
    int threads = args.length > 0 ? Integer.parseInt(args[0]) : 2;
    String optimizer = args.length > 1 ? args[1] : "sgd";
    int epochs = args.length > 2 ? Integer.parseInt(args[2]) : EPOCHS;
    PrintStream out = System.out;
    long jvm = ManagementFactory.getRuntimeMXBean().getStartTime();
    report(out, "JVM start to main", (System.currentTimeMillis() - jvm) * 1e-3);

    long begin = System.nanoTime();
    MatrixProduct.warmUp();
    Samples samples = Split.at(DataSets.open("fashion-mnist").samples(), SAMPLES).train();
    begin = lap(out, "data", begin);
    try (Workers workers = new Workers(threads)) {
      Mlp mlp = Mlp.parse("784-512-200-10");
      Stopwatch watch = new Stopwatch();
      Trainer trainer =
          Training.of(mlp.model(), mlp.loss(), Catalogue.load().optimizer(optimizer))
              .batch(BATCH)
              .epochs(epochs)
              .seed(1)
              .workers(workers)
              .listener(watch)
              .trainer();
      lap(out, "model and plan", begin);
      trainer.fit(samples);
      List<Double> seconds = watch.seconds;
      for (int epoch = 0; epoch < SHOWN; epoch++) {
        report(out, "epoch " + (epoch + 1), seconds.get(epoch));
      }
      List<Double> warm = seconds.subList(epochs - WARM, epochs);
      double best = Collections.min(warm);
      report(out, "warm epoch, shortest", best);
      report(out, "warm epoch, longest", Collections.max(warm));
      out.printf(Locale.ROOT, "%-22s %8.2f%n", "first / warm", seconds.getFirst() / best);
      out.printf(Locale.ROOT, "%-22s %8.0f samples/s%n", "warm", SAMPLES / best);
      out.printf(
          Locale.ROOT, "%-22s %8.1f GFLOP/s%n", "fma ceiling", new FmaCeiling(workers).gigaflops());
    }
  }

  private static long lap(PrintStream out, String what, long begin) {
    long now = System.nanoTime();
    report(out, what, (now - begin) * 1e-9);
    return now;
  }

  private static void report(PrintStream out, String what, double seconds) {
    out.printf(Locale.ROOT, "%-22s %8.3f s%n", what, seconds);
  }

  /** Notes how long each epoch took. */
  private static final class Stopwatch implements TrainingListener {
    final List<Double> seconds = new ArrayList<>();
    private long start = System.nanoTime();

    @Override
    public void epoch(Live live, EpochMetrics metrics) {
      long now = System.nanoTime();
      seconds.add((now - start) * 1e-9);
      start = now;
    }
  }
}
