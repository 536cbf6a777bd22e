package dev.anneal.bench.rounds;

import java.util.Locale;

/** Numbers as tables show them. */
final class Digits {
  private static final int WHOLE = 100;

  private Digits() {}

  /** Three digits, or all that stand before the point. */
  static String of(double value) {
    return String.format(Locale.ROOT, value >= WHOLE ? "%,.0f" : "%.3g", value);
  }
}
