package dev.anneal.report;

import static dev.anneal.api.numeric.NumberFormats.four;
import static dev.anneal.api.numeric.NumberFormats.percent;

import dev.anneal.comparison.Comparison;
import dev.anneal.experiments.EpochRecord;

/** The number that tells people how good a model is: its accuracy, or of quantities R². */
final class Quality {
  private static final String R2 = "val_r2";

  private Quality() {}

  /** Whether runs predict quantities. */
  static boolean isOfQuantities(Comparison comparison) {
    return comparison.runs().stream().anyMatch(run -> run.kept().measures().containsKey(R2));
  }

  /** On the validation samples. */
  static double value(EpochRecord row) {
    return row.measures().getOrDefault(R2, row.valAccuracy());
  }

  /** The same as people read it. */
  static String text(EpochRecord row) {
    return row.measures().containsKey(R2) ? four(value(row)) : percent(value(row));
  }
}
