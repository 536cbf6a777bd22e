package dev.anneal.search;

import dev.anneal.comparison.Criterion;
import dev.anneal.experiments.EpochRecord;
import dev.anneal.experiments.RunRecord;
import java.util.List;

/**
 * How a trial did on a rung.
 *
 * @param run which
 * @param value by which trials are ranked, lower is better; infinite for one that cannot be trained
 * @param diverged whether it went astray
 * @param seconds of training
 * @param losses of validation, epoch by epoch
 * @param loss of validation, of the weights that were kept
 * @param quality their validation accuracy; of quantities the part of the variance that is
 *     explained
 * @param refusal why it cannot be trained; empty for one that was
 */
public record TrialResult(
    TrialRun run,
    double value,
    boolean diverged,
    double seconds,
    List<Double> losses,
    double loss,
    double quality,
    String refusal) {
  /** Copies the list. */
  public TrialResult {
    losses = List.copyOf(losses);
  }

  static TrialResult of(TrialRun run, RunRecord record, Criterion by, double bound) {
    return new TrialResult(
        run,
        by.worth(record, bound),
        record.diverged(),
        record.seconds(),
        record.epochs().stream().map(EpochRecord::valLoss).toList(),
        record.kept().valLoss(),
        quality(record.kept()),
        "");
  }

  static TrialResult refused(TrialRun run, String reason) {
    return new TrialResult(
        run, Double.POSITIVE_INFINITY, false, 0, List.of(), Double.NaN, Double.NaN, reason);
  }

  /**
   * What people look at beside the loss.
   *
   * @param kept an epoch
   * @return its validation accuracy, or R2; NaN where neither is measured
   */
  public static double quality(EpochRecord kept) {
    return Double.isNaN(kept.valAccuracy())
        ? kept.measures().getOrDefault("val_r2", Double.NaN)
        : kept.valAccuracy();
  }

  /**
   * Whether it could be trained.
   *
   * @return false for a description that contradicts itself
   */
  public boolean isTrained() {
    return refusal.isEmpty();
  }
}
