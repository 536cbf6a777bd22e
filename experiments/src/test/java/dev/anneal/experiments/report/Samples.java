package dev.anneal.experiments.report;

import dev.anneal.experiments.Comparison;
import dev.anneal.experiments.Environment;
import dev.anneal.experiments.EpochRow;
import dev.anneal.experiments.RatePoint;
import dev.anneal.experiments.RunResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/** Made-up comparisons. */
final class Samples {
  static final int EPOCHS = 100;
  private static final int ITERATIONS = 250;

  private Samples() {}

  static Comparison comparison(int epochs, RunResult... runs) {
    return new Comparison(
        "Learning-rate schedules on Fashion-MNIST",
        "fashion-mnist(samples=20000, split=80/20)",
        "784-512-200-10, relu, softmax",
        16_000,
        4_000,
        64,
        epochs,
        42,
        List.of(runs),
        new Environment("Example CPU, 2 cores, AVX-512", "25.0.3+9", 2, "0.1.0"),
        "anneal compare --data fashion-mnist --epochs 100 --seed 42 'exponential(initial=0.5,"
            + " rate=0.1)'",
        Instant.parse("2026-11-21T07:04:00Z"));
  }

  static RunResult run(String name, EpochRow... rows) {
    return new RunResult(
        name, "constant(0.1)", "sgd", List.of(rows), List.of(), 1.5, 10_000, "ab".repeat(32));
  }

  static EpochRow row(int epoch, double loss, double valLoss, double valAccuracy) {
    return new EpochRow(epoch, loss, 0.9, valLoss, valAccuracy, 0.1);
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
    List<EpochRow> rows = new ArrayList<>();
    for (int epoch = 1; epoch <= 10; epoch++) {
      double loss = epoch < 8 ? 0.6 * Math.pow(9, epoch - 1) : Double.NaN;
      double valLoss = epoch < 8 ? 0.7 * Math.pow(9, epoch - 1) : Double.POSITIVE_INFINITY;
      rows.add(new EpochRow(epoch, loss, 0.1, valLoss, 0.1, 5));
    }
    return comparison(
        10,
        run("too fast", rows.toArray(EpochRow[]::new)),
        learned("exponential", "exponential(initial=0.5, rate=0.1)", 5, 10, 0.025, 0, t -> 0.5),
        learned("constant", "constant(0.1)", 6, 10, 0.02, 0, t -> 0.1));
  }

  private static RunResult learned(
      String name,
      String schedule,
      long seed,
      int epochs,
      double speed,
      double overfit,
      DoubleUnaryOperator rate) {
    var random = new Random(seed);
    List<EpochRow> rows = new ArrayList<>();
    for (int epoch = 1; epoch <= epochs; epoch++) {
      double fall = Math.pow(epoch, -0.3) * Math.exp(-speed * epoch);
      double noise = 0.004 * random.nextGaussian();
      double loss = 0.75 * fall * (1 + noise);
      double valLoss = 0.33 + 0.45 * fall + overfit * epoch + 2 * noise;
      rows.add(
          new EpochRow(
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
    return new RunResult(
        name,
        schedule,
        optimizer,
        rows,
        curve,
        0.3 * epochs * (1 + 0.1 * random.nextDouble()),
        52_000 + 5_000 * random.nextDouble(),
        "%064x".formatted(new java.math.BigInteger(256, random)));
  }
}
