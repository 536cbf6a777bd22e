package dev.anneal.experiments.range;

import dev.anneal.api.InputException;
import dev.anneal.api.numeric.Numbers;
import java.util.Locale;

/**
 * The values that a range test climbs, one an update, both ends among them: L. Smith, "Cyclical
 * Learning Rates for Training Neural Networks", 2017, section 3.3, where they are evenly spaced; as
 * a rule their logarithms are.
 *
 * @param spacing what is even about them
 * @param from the least, above 0
 * @param to the greatest, above {@code from}
 * @param steps how many, from 50 to 10,000
 */
public record Ladder(Spacing spacing, double from, double to, int steps) {
  /** With fewer, noise passes for a curve: of 20 steps in 1 of 60 flat ones (2026-11-28). */
  static final int LEAST = 50;

  /** More would be a training of its own. */
  static final int MOST = 10_000;

  /** How values follow each other. */
  public enum Spacing {
    /** By a factor. */
    EXPONENTIAL,
    /** By a difference. */
    LINEAR;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Checks the numbers. */
  public Ladder {
    if (!(from > 0 && from < to && to < Double.POSITIVE_INFINITY)) {
      throw new InputException(
          "a ladder climbs from above 0 to a greater number, not from %s to %s"
              .formatted(Numbers.print(from), Numbers.print(to)));
    }
    if (steps < LEAST || steps > MOST) {
      throw new InputException("a ladder has %d to %d steps, not %d".formatted(LEAST, MOST, steps));
    }
  }

  /**
   * The usual one for a learning rate.
   *
   * @param iterationsPerEpoch updates in an epoch, at least 1
   * @return from 1e-6 to 10, by a factor
   */
  public static Ladder ofRates(int iterationsPerEpoch) {
    return new Ladder(Spacing.EXPONENTIAL, 1e-6, 10, usualSteps(iterationsPerEpoch));
  }

  /**
   * How many steps are usual.
   *
   * @param iterationsPerEpoch updates in an epoch, at least 1
   * @return two epochs' worth, but from 100 to 400
   */
  public static int usualSteps(int iterationsPerEpoch) {
    return Math.clamp(2L * iterationsPerEpoch, 100, 400);
  }

  /**
   * A value.
   *
   * @param step counted from 0; the ends go on beyond
   * @return from {@code from} at the first step to {@code to} at the last
   */
  public double at(long step) {
    if (step <= 0) {
      return from;
    }
    if (step >= steps - 1) {
      return to;
    }
    double part = (double) step / (steps - 1);
    return switch (spacing) {
      // StrictMath, for the same bits everywhere.
      case EXPONENTIAL ->
          StrictMath.exp(StrictMath.log(from) * (1 - part) + StrictMath.log(to) * part);
      case LINEAR -> from * (1 - part) + to * part;
    };
  }
}
