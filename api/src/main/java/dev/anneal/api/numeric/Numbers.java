package dev.anneal.api.numeric;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** Numbers as specifications write them: {@code 1}, {@code 0.1}, {@code 1e-7}, {@code -inf}. */
public final class Numbers {
  // Narrower than Double.parseDouble, which also reads 1d, 0x1p3 and NaN.
  // Possessive, so that digits are looked at once however many there are.
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?+(\\d++\\.?+\\d*+|\\.\\d++)(e[+-]?+\\d++)?+");

  private Numbers() {}

  /**
   * Writes a number with the fewest digits that read back as the same bits.
   *
   * @param value any number
   * @return its text; {@code inf}, {@code -inf} and {@code nan} for those that have no digits
   */
  public static String print(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      boolean negativeZero = value == 0 && 1 / value < 0;
      return (negativeZero ? "-" : "") + (long) value;
    }
    return Double.toString(value).replace(".0E", "E").replace('E', 'e');
  }

  /**
   * Reads a number.
   *
   * @param text a decimal number or {@code inf}, with or without a sign
   * @return the nearest double; empty where the text is no number
   */
  public static OptionalDouble parse(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return switch (lower) {
      case "inf", "+inf" -> OptionalDouble.of(Double.POSITIVE_INFINITY);
      case "-inf" -> OptionalDouble.of(Double.NEGATIVE_INFINITY);
      default ->
          NUMBER.matcher(lower).matches()
              ? OptionalDouble.of(Double.parseDouble(lower))
              : OptionalDouble.empty();
    };
  }
}
