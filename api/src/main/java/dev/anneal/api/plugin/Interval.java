package dev.anneal.api.plugin;

import dev.anneal.api.InputException;
import dev.anneal.api.numeric.Numbers;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The values that a parameter may take, such as {@code [0, 1)}. NaN is in none; an infinity is only
 * where a bracket includes it.
 *
 * @param text as it was written
 * @param low the lower end
 * @param withLow whether that is in it
 * @param high the upper end
 * @param withHigh whether that is in it
 */
public record Interval(String text, double low, boolean withLow, double high, boolean withHigh) {
  private static final Pattern TEXT = Pattern.compile("([\\[(])([^,]+),([^,]+)([])])");

  static Interval parse(String text) {
    Matcher matcher = TEXT.matcher(text.strip());
    if (matcher.matches()) {
      OptionalDouble low = Numbers.parse(matcher.group(2).strip());
      OptionalDouble high = Numbers.parse(matcher.group(3).strip());
      if (low.isPresent() && high.isPresent() && low.getAsDouble() <= high.getAsDouble()) {
        return new Interval(
            text,
            low.getAsDouble(),
            matcher.group(1).equals("["),
            high.getAsDouble(),
            matcher.group(4).equals("]"));
      }
    }
    throw new InputException("\"" + text + "\" is no range; write for example [0, 1) or (0, inf)");
  }

  /**
   * Whether a number is within.
   *
   * @param value any
   * @return false for NaN
   */
  public boolean contains(double value) {
    return (withLow ? value >= low : value > low) && (withHigh ? value <= high : value < high);
  }
}
