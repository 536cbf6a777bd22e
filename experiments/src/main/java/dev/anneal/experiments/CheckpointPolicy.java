package dev.anneal.experiments;

import dev.anneal.api.InputException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How often the state of a run is saved, and how many of the last states are kept.
 *
 * @param amount so many epochs, updates or seconds, at least 1
 * @param unit what is counted
 * @param keep how many, at least 2: the newest may be damaged one day
 */
public record CheckpointPolicy(long amount, Unit unit, int keep) {
  private static final Pattern NOTATION = Pattern.compile("([1-9]\\d{0,9})\\s*(ep|it|s|min|h)");

  /** What is counted. */
  public enum Unit {
    /** Epochs, counted at their end. */
    EPOCHS,
    /** Updates. */
    ITERATIONS,
    /** Seconds since the last one. */
    SECONDS
  }

  /** Checks the numbers. */
  public CheckpointPolicy {
    if (amount < 1) {
      throw new InputException("checkpoints: at least 1 of a unit lies between two, not " + amount);
    }
    if (keep < 2) {
      throw new InputException(
          "--keep must be at least 2, not %d: the newest checkpoint may be damaged one day"
              .formatted(keep));
    }
  }

  /**
   * Reads how often.
   *
   * @param text {@code 1ep}, {@code 500it}, {@code 30s}, {@code 5min} or {@code 1h}
   * @param keep how many are kept
   * @return the policy
   * @throws InputException if it is none of these
   */
  public static CheckpointPolicy parse(String text, int keep) {
    Matcher matcher = NOTATION.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new InputException(
          "--checkpoint-every \"%s\": write how often, such as 1ep, 500it or 5min".formatted(text));
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ep" -> new CheckpointPolicy(amount, Unit.EPOCHS, keep);
      case "it" -> new CheckpointPolicy(amount, Unit.ITERATIONS, keep);
      case "s" -> new CheckpointPolicy(amount, Unit.SECONDS, keep);
      case "min" -> new CheckpointPolicy(60 * amount, Unit.SECONDS, keep);
      default -> new CheckpointPolicy(3600 * amount, Unit.SECONDS, keep);
    };
  }
}
