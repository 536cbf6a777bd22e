package dev.anneal.experiments;

import dev.anneal.nn.training.Ending;
import dev.anneal.nn.training.Incident;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One training run as it ended, by itself or not.
 *
 * @param name what the user calls it
 * @param schedule the specification of its learning rate
 * @param optimizer the specification of its optimizer, but for the learning rate
 * @param epochs what was measured, in order; fewer than planned where the run stopped early
 * @param kept the epoch whose weights were kept, the best where it was put back, else the last;
 *     {@link EpochRecord#NONE} where there is none
 * @param ending why it took no further step
 * @param incidents steps whose numbers were not finite, and what was done about them
 * @param learningRateCurves the learning rate of each group at about a thousand updates or fewer,
 *     in order; NaN where it was not trained
 * @param diagnostics what the optimizer did, if that was looked at
 * @param seconds the time spent training
 * @param samplesPerSecond the training speed
 * @param test what was measured once, at the end, on samples that are set aside; empty for none
 * @param weightsSha256 the checksum of the weights at the end, in hexadecimal
 */
public record RunRecord(
    String name,
    String schedule,
    String optimizer,
    List<EpochRecord> epochs,
    EpochRecord kept,
    Ending ending,
    List<Incident> incidents,
    Map<String, List<RatePoint>> learningRateCurves,
    Diagnostics diagnostics,
    double seconds,
    double samplesPerSecond,
    Map<String, Double> test,
    String weightsSha256) {

  /** Keeps its own copies of the collections. */
  public RunRecord {
    epochs = List.copyOf(epochs);
    incidents = List.copyOf(incidents);
    test = Collections.unmodifiableMap(new LinkedHashMap<>(test));
    learningRateCurves = Collections.unmodifiableMap(new LinkedHashMap<>(learningRateCurves));
  }

  /**
   * The learning rate, of several that of the first group.
   *
   * @return its curve, empty where none was kept
   */
  public List<RatePoint> learningRateCurve() {
    return learningRateCurves.values().stream().findFirst().orElse(List.of());
  }

  /**
   * The epoch with the lowest validation loss, the first of several.
   *
   * @return the epoch, or {@link EpochRecord#NONE} where the run was not validated
   */
  public EpochRecord best() {
    return epochs.stream()
        .filter(row -> Double.isFinite(row.valLoss()))
        .min(Comparator.comparingDouble(EpochRecord::valLoss))
        .orElse(EpochRecord.NONE);
  }

  /**
   * Whether its labels are classes, so that some are predicted right and others wrong.
   *
   * @return false if they are quantities
   */
  public boolean hasAccuracy() {
    return epochs.stream()
        .allMatch(row -> Double.isNaN(row.loss()) || !Double.isNaN(row.accuracy()));
  }

  /**
   * Whether the run was validated.
   *
   * @return whether any epoch has a finite validation loss
   */
  public boolean validated() {
    return best().epoch() > 0;
  }

  /**
   * Whether the run went astray: training was given up, or a loss of the weights that were kept is
   * not finite.
   *
   * @return false for a run without epochs, and for one that was never validated but trained well
   */
  public boolean diverged() {
    if (epochs.isEmpty()) {
      return ending == Ending.DIVERGED;
    }
    boolean validated = validated() || Double.isInfinite(kept().valLoss());
    return ending == Ending.DIVERGED
        || !Double.isFinite(kept().loss())
        || (validated && !Double.isFinite(kept().valLoss()));
  }
}
