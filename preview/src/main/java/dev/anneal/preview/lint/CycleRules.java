package dev.anneal.preview.lint;

import dev.anneal.api.numeric.NumberFormats;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.preview.HyperparameterPreview;
import dev.anneal.preview.Preview;
import dev.anneal.preview.SampledCurve;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** How hyper-parameters move together. */
final class CycleRules {
  /** What optimizers call a momentum. */
  private static final Set<String> MOMENTUM = Set.of("momentum", "beta_1");

  /** Two that move alike by chance rarely do so as much. */
  private static final double ALIKE = 0.5;

  private CycleRules() {}

  /** A momentum that cycles with the rate as it rises: it is meant to go the other way. */
  static Optional<Finding> inPhase(Preview preview) {
    return preview.hyperparameters().stream()
        .filter(hyperparameter -> MOMENTUM.contains(inGroup(hyperparameter)))
        .flatMap(
            momentum -> rate(preview, momentum).flatMap(rate -> inPhase(rate, momentum)).stream())
        .findFirst();
  }

  /** Its name without that of its group. */
  private static String inGroup(HyperparameterPreview hyperparameter) {
    return hyperparameter.name().substring(hyperparameter.name().lastIndexOf('/') + 1);
  }

  /** The rate of the same group. */
  private static Optional<HyperparameterPreview> rate(
      Preview preview, HyperparameterPreview momentum) {
    String group = momentum.name().substring(0, momentum.name().lastIndexOf('/') + 1);
    return preview.hyperparameters().stream()
        .filter(hyperparameter -> hyperparameter.name().equals(group + Optimizer.LEARNING_RATE))
        .findFirst();
  }

  private static Optional<Finding> inPhase(
      HyperparameterPreview rate, HyperparameterPreview momentum) {
    double[] rates = rate.curve().values();
    double[] momenta = momentum.curve().values();
    if (rate.curve().size() != momentum.curve().size()) {
      momenta =
          IntStream.range(0, rates.length)
              .mapToDouble(i -> momentum.at(rate.curve().point(i).iteration()))
              .toArray();
    }
    long rateTurns = turns(rates);
    long momentumTurns = turns(momenta);
    double together = correlation(rates, momenta);
    boolean samePeriod = Math.abs(rateTurns - momentumTurns) <= 1;
    if (rateTurns == 0 || momentumTurns == 0 || !samePeriod || !(together > ALIKE)) {
      return Optional.empty();
    }
    SampledCurve.Point peak = momentum.curve().greatest();
    return Rule.warning(
        "momentum-in-phase",
        momentum,
        peak.iteration(),
        "it rises and falls with the learning rate (correlation %s), highest at %s"
            .formatted(NumberFormats.brief(together), momentum.run().place(peak.iteration())),
        "let it move the other way: swap its low and high values");
  }

  /** How often a curve turns round; a stretch on which it stays is part of what was before. */
  private static long turns(double[] values) {
    long turns = 0;
    int direction = 0;
    for (int i = 1; i < values.length; i++) {
      int now = Double.compare(values[i], values[i - 1]);
      if (now != 0 && direction != 0 && Integer.signum(now) != direction) {
        turns++;
      }
      direction = now == 0 ? direction : Integer.signum(now);
    }
    return turns;
  }

  /** Pearson's; NaN where one does not change. */
  private static double correlation(double[] a, double[] b) {
    double meanA = mean(a);
    double meanB = mean(b);
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      ab += (a[i] - meanA) * (b[i] - meanB);
      aa += (a[i] - meanA) * (a[i] - meanA);
      bb += (b[i] - meanB) * (b[i] - meanB);
    }
    return ab / Math.sqrt(aa * bb);
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }
}
