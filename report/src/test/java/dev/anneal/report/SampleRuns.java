package dev.anneal.report;

import dev.anneal.api.schedule.Constant;
import dev.anneal.comparison.Comparison;
import dev.anneal.comparison.Contender;
import dev.anneal.comparison.Criterion;
import dev.anneal.comparison.Draw;
import dev.anneal.comparison.DrawnRun;
import dev.anneal.comparison.Draws;
import dev.anneal.experiments.Diagnostics;
import dev.anneal.experiments.Environment;
import dev.anneal.experiments.EpochRecord;
import dev.anneal.experiments.RatePoint;
import dev.anneal.experiments.RunRecord;
import dev.anneal.nn.training.Ending;
import dev.anneal.preview.PlannedRun;
import dev.anneal.preview.Preview;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Made-up comparisons. */
final class SampleRuns {
  static final int EPOCHS = 100;
  private static final int ITERATIONS = 250;
  private static final Draw DRAW = new Draw(42, Optional.empty());

  private SampleRuns() {}

  static Comparison comparison(int epochs, RunRecord... runs) {
    return new Comparison(
        "Learning-rate schedules on Fashion-MNIST",
        "fashion-mnist(samples=20000, split=80/20)",
        "784-512-200-10, relu, softmax",
        16_000,
        4_000,
        64,
        epochs,
        Draws.one(DRAW),
        new Criterion.Loss(),
        List.of(),
        Stream.of(runs).map(SampleRuns::contender).toList(),
        Optional.empty(),
        new Environment("Example CPU, 2 cores, AVX-512", "25.0.3+9", 2, "0.1.0"),
        "anneal compare --data fashion-mnist --epochs 100 --seed 42 'exponential(initial=0.5,"
            + " rate=0.1)'",
        Instant.parse("2026-11-21T07:04:00Z"));
  }

  private static Contender contender(RunRecord run) {
    return new Contender(
        run.name(), List.of(new DrawnRun(DRAW, run, new Criterion.Loss().value(run))));
  }

  static RunRecord run(String name, EpochRecord... rows) {
    return new RunRecord(
        name,
        "constant(0.1)",
        "sgd",
        List.of(rows),
        rows.length == 0 ? EpochRecord.NONE : rows[rows.length - 1],
        ending(List.of(rows)),
        List.of(),
        Map.of(),
        Diagnostics.NONE,
        1.5,
        10_000,
        Map.of(),
        "ab".repeat(32));
  }

  private static Ending ending(List<EpochRecord> rows) {
    return rows.isEmpty() || Double.isFinite(rows.getLast().loss())
        ? Ending.COMPLETED
        : Ending.DIVERGED;
  }

  static EpochRecord row(int epoch, double loss, double valLoss, double valAccuracy) {
    return new EpochRecord(epoch, loss, 0.9, valLoss, valAccuracy, 0.1);
  }

  /** Six schedules over 100 epochs; some overfit, one stops early. */
  static Comparison six() {
    return comparison(
        EPOCHS,
        learned("constant", "constant(0.01)", 1, EPOCHS, 0.006, 0.000, t -> 0.01),
        learned(
            "time-based",
            "time-based(initial=0.5, decay=0.01)",
            2,
            EPOCHS,
            0.020,
            0.001,
            t -> 0.5 / (1 + 2.5 * t)),
        learned(
            "step",
            "step(initial=0.5, factor=0.8, every=10ep)",
            3,
            EPOCHS,
            0.050,
            0.006,
            t -> 0.5 * Math.pow(0.8, Math.floor(t / 10))),
        learned(
            "linear",
            "linear(initial=0.5, final=0, over=100ep)",
            4,
            EPOCHS,
            0.045,
            0.005,
            t -> 0.5 * (1 - t / EPOCHS)),
        learned(
            "exponential",
            "exponential(initial=0.5, rate=0.1) per epoch",
            5,
            EPOCHS,
            0.025,
            0.0003,
            t -> 0.5 * Math.exp(-0.1 * Math.floor(t))),
        learned(
            "warm-up, then cosine",
            "warmup(to=0.5, over=5ep).then(cosine(initial=0.5, final=0.001, over=95ep))",
            6,
            73,
            0.030,
            0.003,
            t -> t < 5 ? 0.1 * t : 0.001 + 0.4995 * 0.5 * (1 + Math.cos(Math.PI * (t - 5) / 95))));
  }

  /** One short run. */
  static Comparison one() {
    return comparison(
        5, learned("exponential", "exponential(initial=0.5, rate=0.1)", 5, 5, 0.025, 0, t -> 0.5));
  }

  /** Two runs that learn, and one that explodes in epoch 8. */
  static Comparison diverged() {
    List<EpochRecord> rows = new ArrayList<>();
    for (int epoch = 1; epoch <= 10; epoch++) {
      double loss = epoch < 8 ? 0.6 * Math.pow(9, epoch - 1) : Double.NaN;
      double valLoss = epoch < 8 ? 0.7 * Math.pow(9, epoch - 1) : Double.POSITIVE_INFINITY;
      rows.add(new EpochRecord(epoch, loss, 0.1, valLoss, 0.1, 5));
    }
    return comparison(
        10,
        run("too fast", rows.toArray(EpochRecord[]::new)),
        learned("exponential", "exponential(initial=0.5, rate=0.1)", 5, 10, 0.025, 0, t -> 0.5),
        learned("constant", "constant(0.1)", 6, 10, 0.02, 0, t -> 0.1));
  }

  /** A run whose optimizer was looked at, and one with a schedule that the linter mentions. */
  static Comparison diagnosed() {
    RunRecord plain = run("plain", row(1, 0.3, 0.4, 0.9));
    List<EpochRecord> rows = new ArrayList<>();
    for (int epoch = 1; epoch <= 5; epoch++) {
      rows.add(row(epoch, 0.3 / epoch, 0.4 / epoch, 0.9));
    }
    RunRecord diagnosed =
        new RunRecord(
            "diagnosed",
            "base/learning_rate: 0.1; dense_1/learning_rate: 0",
            "clip(sgd); dense_1: frozen until 1ep",
            rows,
            rows.getLast(),
            ending(rows),
            List.of(),
            Map.of(
                "dense_1/learning_rate",
                List.of(new RatePoint(0, Double.NaN), new RatePoint(250, 0.2))),
            new Diagnostics(
                List.of(
                    quantity(
                        "gradient_norm",
                        line("dense_1", 0.5, 0.25, 0.125, 0.0625, 0.03125),
                        line("dense_2", Double.NaN, 0.5, 0.25, 0.125, 0.0625)),
                    quantity(
                        "update_ratio",
                        line("dense_1", 0.8, 0.4, 0.2, 0.1, 0.05),
                        line("dense_2", Double.NaN, 1e-6, 1e-6, 1e-6, 0)),
                    quantity("clip_factor", line(Diagnostics.ALL, 1, 0.75, 0.5, 0.25, 0.25)))),
            1.5,
            10_000,
            Map.of(),
            "ab".repeat(32));
    Comparison comparison = comparison(5, diagnosed, plain);
    PlannedRun planned = PlannedRun.of(5, ITERATIONS, true);
    return new Comparison(
        comparison.title(),
        comparison.data(),
        comparison.model(),
        comparison.trainingSamples(),
        comparison.validationSamples(),
        comparison.batch(),
        comparison.epochs(),
        comparison.draws(),
        comparison.criterion(),
        List.of(
            Preview.of("diagnosed", new Constant(0.1), planned),
            Preview.of("plain", progress -> -0.1, planned)),
        comparison.contenders(),
        comparison.verdict(),
        comparison.environment(),
        comparison.command(),
        comparison.created());
  }

  private static Diagnostics.Quantity quantity(String name, Diagnostics.Line... lines) {
    return new Diagnostics.Quantity(name, List.of(lines));
  }

  private static Diagnostics.Line line(String subject, double... values) {
    return new Diagnostics.Line(subject, DoubleStream.of(values).boxed().toList());
  }

  private static RunRecord learned(
      String name,
      String schedule,
      long seed,
      int epochs,
      double speed,
      double overfit,
      DoubleUnaryOperator rate) {
    var random = new Random(seed);
    List<EpochRecord> rows = new ArrayList<>();
    for (int epoch = 1; epoch <= epochs; epoch++) {
      double fall = Math.pow(epoch, -0.3) * Math.exp(-speed * epoch);
      double noise = 0.004 * random.nextGaussian();
      double loss = 0.75 * fall * (1 + noise);
      double valLoss = 0.33 + 0.45 * fall + overfit * epoch + 2 * noise;
      rows.add(
          new EpochRecord(
              epoch,
              loss,
              1 - 0.33 * loss,
              valLoss,
              0.885 - 0.12 * fall + 0.4 * noise,
              rate.applyAsDouble(epoch - 1.0 / ITERATIONS)));
    }
    List<RatePoint> curve =
        IntStream.range(0, 1000)
            .mapToLong(i -> (long) i * epochs * ITERATIONS / 1000)
            .mapToObj(i -> new RatePoint(i, rate.applyAsDouble((double) i / ITERATIONS)))
            .toList();
    String optimizer = seed % 2 == 0 ? "sgd" : "sgd(momentum=0.9, nesterov=true)";
    return new RunRecord(
        name,
        schedule,
        optimizer,
        rows,
        rows.getLast(),
        ending(rows),
        List.of(),
        Map.of("learning_rate", curve),
        Diagnostics.NONE,
        0.3 * epochs * (1 + 0.1 * random.nextDouble()),
        52_000 + 5_000 * random.nextDouble(),
        Map.of(),
        "%064x".formatted(new java.math.BigInteger(256, random)));
  }
}
