package dev.anneal.api.schedule;

import dev.anneal.api.InputException;
import dev.anneal.api.Messages;
import dev.anneal.api.numeric.Numbers;
import dev.anneal.api.plugin.Bounded;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A length of training that carries its unit: {@code 5ep}, {@code 300it} or {@code 10%} of the run.
 *
 * @param amount how many; finite and not negative
 * @param measure of what
 */
public record Duration(double amount, Measure measure) implements Bounded {
  /** What a duration counts. */
  public enum Measure {
    /** Updates. */
    ITERATIONS("it"),
    /** Epochs. */
    EPOCHS("ep"),
    /** Hundredths of the planned run. */
    PERCENT("%");

    private final String suffix;

    Measure(String suffix) {
      this.suffix = suffix;
    }
  }

  /** Checks the amount. */
  public Duration {
    if (!(amount >= 0 && amount < Double.POSITIVE_INFINITY)) {
      throw new InputException(
          "a length of training is finite and at least 0, not "
              + Numbers.print(amount)
              + measure.suffix);
    }
    amount += 0.0; // -0 becomes 0, so that a duration equals what its text reads back as
  }

  /**
   * A number of updates.
   *
   * @param amount at least 0
   * @return the duration
   */
  public static Duration iterations(double amount) {
    return new Duration(amount, Measure.ITERATIONS);
  }

  /**
   * A number of epochs.
   *
   * @param amount at least 0
   * @return the duration
   */
  public static Duration epochs(double amount) {
    return new Duration(amount, Measure.EPOCHS);
  }

  /**
   * A part of the planned run.
   *
   * @param amount in hundredths, at least 0
   * @return the duration
   */
  public static Duration percent(double amount) {
    return new Duration(amount, Measure.PERCENT);
  }

  /**
   * Reads {@code 5ep}, {@code 300it} or {@code 10%}.
   *
   * @param text a number followed by its unit
   * @return the duration
   * @throws InputException if the text is anything else
   */
  public static Duration parse(String text) {
    String stripped = text.strip();
    for (Measure measure : Measure.values()) {
      if (stripped.endsWith(measure.suffix)) {
        int end = stripped.length() - measure.suffix.length();
        OptionalDouble amount = Numbers.parse(stripped.substring(0, end).stripTrailing());
        if (amount.isPresent()) {
          return new Duration(amount.getAsDouble(), measure);
        }
      }
    }
    throw new InputException(
        "\"%s\" is no length of training; write 5ep, 300it or 10%%"
            .formatted(Messages.brief(text)));
  }

  /**
   * This length on the clock of a schedule. What comes within a rounding of a whole number is that
   * number, so that a boundary stated as {@code 7%} of 100 epochs falls on epoch 7.
   *
   * @param unit how the schedule is read
   * @param progress the run it is read in
   * @return a finite count of iterations or epochs, whole or not
   */
  public double in(Unit unit, Progress progress) {
    double perEpoch = progress.iterationsPerEpoch();
    double iterations =
        switch (measure) {
          case ITERATIONS -> amount;
          case EPOCHS -> amount * perEpoch;
          case PERCENT -> amount * progress.totalIterations() / 100;
        };
    double ticks =
        switch (unit) {
          case ITERATION -> iterations;
          case EPOCH -> measure == Measure.EPOCHS ? amount : iterations / perEpoch;
        };
    double whole = Math.rint(ticks);
    return Math.min(
        Math.abs(ticks - whole) <= 2 * Math.ulp(ticks) ? whole : ticks, Double.MAX_VALUE);
  }

  /**
   * The first iteration at or after this time: a boundary that falls between two belongs to the
   * later one.
   *
   * @param progress the run
   * @return the iteration, counted from 0; the largest long for a time beyond
   */
  public long firstIteration(Progress progress) {
    return Unit.ITERATION.firstIteration(in(Unit.ITERATION, progress), progress);
  }

  /**
   * Checks that times of the same measure ascend; times of different measures can only be compared
   * in a run.
   *
   * @param plugin whose times they are, for the message
   * @param parameter what they are called
   * @param times the times
   * @throws InputException if one is below the one before
   */
  public static void checkAscending(String plugin, String parameter, List<Duration> times) {
    for (int i = 1; i < times.size(); i++) {
      Duration before = times.get(i - 1);
      Duration time = times.get(i);
      if (time.measure == before.measure && time.amount < before.amount) {
        throw new InputException(
            "%s: %s must ascend, but %s follows %s".formatted(plugin, parameter, time, before));
      }
    }
  }

  @Override
  public double bounded() {
    return amount;
  }

  @Override
  public String text() {
    return toString();
  }

  @Override
  public String toString() {
    return Numbers.print(amount) + measure.suffix;
  }
}
