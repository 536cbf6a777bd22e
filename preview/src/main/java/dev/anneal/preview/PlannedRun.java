package dev.anneal.preview;

import dev.anneal.api.InputException;
import dev.anneal.api.numeric.NumberFormats;
import dev.anneal.api.schedule.Cursor;
import dev.anneal.api.schedule.MetricHistory;
import java.util.Locale;
import java.util.Set;

/**
 * The shape of a run that is not trained yet, or not trained at all: what its schedules will read.
 *
 * @param iterations updates in the run, at least 1
 * @param iterationsPerEpoch updates in an epoch, at least 1
 * @param measured the metrics that each epoch will be measured by
 * @param recorded metrics to replay, as if this run had made them
 */
public record PlannedRun(
    long iterations, int iterationsPerEpoch, Set<String> measured, RecordedMetrics recorded) {
  /** Checks the numbers. */
  public PlannedRun {
    if (iterations < 1 || iterationsPerEpoch < 1) {
      throw new InputException("a run has at least 1 epoch and 1 update");
    }
  }

  /**
   * A run of whole epochs.
   *
   * @param epochs how many
   * @param iterationsPerEpoch updates in each
   * @param validated whether there are validation samples
   * @return the run
   */
  public static PlannedRun of(int epochs, int iterationsPerEpoch, boolean validated) {
    return new PlannedRun(
        (long) epochs * iterationsPerEpoch,
        iterationsPerEpoch,
        MetricHistory.measured(validated),
        RecordedMetrics.NONE);
  }

  /**
   * The same run with the metrics of another.
   *
   * @param metrics what that one recorded
   * @return the run
   */
  public PlannedRun replaying(RecordedMetrics metrics) {
    return new PlannedRun(iterations, iterationsPerEpoch, metrics.names(), metrics);
  }

  /**
   * A position at the start of this run, to be moved along it.
   *
   * @return a new one
   */
  public Cursor cursor() {
    Replay replay = new Replay();
    Cursor cursor = new Cursor(iterationsPerEpoch, iterations, replay);
    replay.progress = cursor;
    return cursor;
  }

  /** The recorded epochs that are over where the run stands. */
  private final class Replay implements MetricHistory {
    private Cursor progress = new Cursor(1, 1, MetricHistory.NONE);

    @Override
    public int epochs() {
      return (int) Math.min(recorded.epochs().size(), progress.epoch());
    }

    @Override
    public double value(String metric, int epoch) {
      return recorded.epochs().get(epoch).getOrDefault(metric, Double.NaN);
    }
  }

  /**
   * Whether a chart of this run counts epochs.
   *
   * @return false for a run of less than two, whose chart counts iterations
   */
  public boolean isInEpochs() {
    return iterations >= 2L * iterationsPerEpoch;
  }

  /**
   * A time on the clock of epochs, from 0: how many are over by then.
   *
   * @param iteration an update, counted from 0
   * @return such as 10 or 9.996
   */
  public String epoch(long iteration) {
    double epoch = (double) iteration / iterationsPerEpoch;
    return epoch == Math.rint(epoch)
        ? NumberFormats.count((long) epoch)
        : String.format(Locale.ROOT, "%,.4f", epoch).replaceFirst("\\.?0+$", "");
  }

  /**
   * An update in words.
   *
   * @param iteration an update, counted from 0
   * @return such as {@code iteration 2,500 (epoch 10)}
   */
  public String place(long iteration) {
    return "iteration %s (epoch %s)".formatted(NumberFormats.count(iteration), epoch(iteration));
  }

  /**
   * A number of updates in words.
   *
   * @param updates how many
   * @return such as {@code 1 update} or {@code 2,500 updates (10 epochs)}
   */
  public String length(long updates) {
    String text = updates == 1 ? "1 update" : NumberFormats.count(updates) + " updates";
    if (updates % iterationsPerEpoch != 0) {
      return text;
    }
    long epochs = updates / iterationsPerEpoch;
    return text
        + (epochs == 1 ? " (1 epoch)" : " (%s epochs)".formatted(NumberFormats.count(epochs)));
  }
}
