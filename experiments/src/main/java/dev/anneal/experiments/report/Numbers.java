package dev.anneal.experiments.report;

import java.util.Locale;

/** Numbers for people. */
final class Numbers {
  private Numbers() {}

  /** A value of a table or a sentence, to 4 significant digits. */
  static String four(double value) {
    return significant(value, 4);
  }

  /** A fraction in percent, to 4 significant digits, without the sign. */
  static String percent(double fraction) {
    return significant(100 * fraction, 4);
  }

  static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  static String significant(double value, int digits) {
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
