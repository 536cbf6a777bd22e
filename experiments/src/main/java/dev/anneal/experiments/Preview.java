package dev.anneal.experiments;

import dev.anneal.core.InputException;
import dev.anneal.core.schedule.EpochReading;
import dev.anneal.core.schedule.Progress;
import dev.anneal.core.schedule.Schedule;
import java.util.Locale;
import java.util.Optional;

/**
 * A schedule over a run, before anything is trained. It reads the very function that training
 * reads.
 *
 * @param schedule the schedule
 * @param epochs epochs of the run, at least 1
 * @param iterationsPerEpoch updates in an epoch, at least 1
 */
public record Preview(Schedule schedule, int epochs, int iterationsPerEpoch) {
  /**
   * A rate that is this much lower after the first epoch than its per-epoch reading deserves a
   * word: 10 % is beyond what any difference between the start and the end of an epoch explains.
   */
  private static final double SUSPICIOUS = 0.9;

  /** Checks the numbers. */
  public Preview {
    if (epochs < 1 || iterationsPerEpoch < 1) {
      throw new InputException("a run has at least 1 epoch and 1 update");
    }
  }

  /**
   * Updates in the run.
   *
   * @return at least 1
   */
  public long iterations() {
    return (long) epochs * iterationsPerEpoch;
  }

  /**
   * The value for an update.
   *
   * @param iteration counted from 0
   * @return the value
   * @throws InputException if the schedule gives no finite number there
   */
  public double at(long iteration) {
    double value = at(schedule, iteration);
    if (!Double.isFinite(value)) {
      throw new InputException(
          "the schedule is %s at iteration %d; it must give a finite number"
              .formatted(value, iteration));
    }
    return value;
  }

  private double at(Schedule read, long iteration) {
    return read.at(Progress.at(iteration, iterationsPerEpoch, iterations()));
  }

  /**
   * The value for the first update.
   *
   * @return the value
   */
  public double start() {
    return at(0);
  }

  /**
   * The value for the first update after the first epoch.
   *
   * @return the value
   */
  public double afterFirstEpoch() {
    return at(iterationsPerEpoch);
  }

  /**
   * The value for the last update.
   *
   * @return the value
   */
  public double end() {
    return at(iterations() - 1);
  }

  /**
   * A warning where a schedule that is read per iteration falls much faster than the same numbers
   * read per epoch: the trap of the legacy {@code decay}, which looks like a decay per epoch.
   *
   * @return one line, or nothing
   */
  public Optional<String> warning() {
    return schedule
        .perEpoch()
        .filter(epochly ->
            Math.abs(afterFirstEpoch())
                < SUSPICIOUS * Math.abs(at(epochly.schedule(), iterationsPerEpoch)))
        .map(this::trap);
  }

  private String trap(EpochReading epochly) {
    return String.format(
        Locale.ROOT,
        "the decay is applied %d times an epoch: the rate is %s after epoch 1, not %s; if %s was"
            + " meant, write %s",
        iterationsPerEpoch,
        Figures.brief(afterFirstEpoch()),
        Figures.brief(at(epochly.schedule(), iterationsPerEpoch)),
        Figures.brief(at(epochly.schedule(), iterationsPerEpoch)),
        epochly.notation());
  }
}
