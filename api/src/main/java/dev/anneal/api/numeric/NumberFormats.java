package dev.anneal.api.numeric;

import java.util.Locale;

/** Numbers for people. */
public final class NumberFormats {
  private NumberFormats() {}

  /**
   * A value of a table or a sentence.
   *
   * @param value any
   * @return 4 significant digits, such as 0.02860
   */
  public static String four(double value) {
    return significant(value, 4);
  }

  /**
   * A fraction in percent.
   *
   * @param fraction any
   * @return 4 significant digits, without the sign
   */
  public static String percent(double fraction) {
    return significant(100 * fraction, 4);
  }

  /**
   * A whole number.
   *
   * @param value any
   * @return its digits in groups of three
   */
  public static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /**
   * A value that stands in a sentence by itself.
   *
   * @param value any
   * @return at most 3 significant digits, such as 0.1 or 0.0286
   */
  public static String brief(double value) {
    String text = significant(value, 3);
    int end = text.indexOf('e') < 0 ? text.length() : text.indexOf('e');
    String digits = text.substring(0, end);
    String stripped = digits.contains(".") ? digits.replaceFirst("\\.?0+$", "") : digits;
    return stripped + text.substring(end);
  }

  /**
   * A value for a table or a sentence.
   *
   * @param value any
   * @param digits significant digits, at least 1
   * @return that many digits, with an exponent where the number is very small or large
   */
  public static String significant(double value, int digits) {
    if (Double.isNaN(value)) {
      return "–";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "∞" : "-∞";
    }
    if (value == 0) {
      return "0";
    }
    String scientific = String.format(Locale.ROOT, "%." + (digits - 1) + "e", value);
    int e = scientific.indexOf('e');
    int exponent = Integer.parseInt(scientific.substring(e + 1));
    if (exponent < -4 || exponent > 6) {
      return scientific.substring(0, e) + "e" + exponent;
    }
    // Rounded once already: 9.9996 has become 10.00, not 9.9996 with one decimal too many.
    double rounded = Double.parseDouble(scientific);
    return String.format(Locale.ROOT, "%,." + Math.max(0, digits - 1 - exponent) + "f", rounded);
  }
}
