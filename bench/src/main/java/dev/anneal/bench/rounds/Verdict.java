package dev.anneal.bench.rounds;

/** What an interval says of a row whose new version may take so many times as long as the old. */
enum Verdict {
  /** More than is allowed, wherever in the interval the truth is. */
  SLOWER("SLOWER"),

  /** By as much, the other way. */
  FASTER("faster"),

  /** Neither, wherever in the interval the truth is. */
  ALIKE("no difference"),

  /** The interval leaves it open. */
  OPEN("cannot be told");

  private final String words;

  Verdict(String words) {
    this.words = words;
  }

  /**
   * Of a ratio.
   *
   * @param longer how many times as long the new version takes
   * @param bound how many times as long it may take, at least 1
   */
  static Verdict of(Ratio longer, double bound) {
    if (longer.low() > bound) {
      return SLOWER;
    }
    if (longer.high() < 1 / bound) {
      return FASTER;
    }
    return longer.low() >= 1 / bound && longer.high() <= bound ? ALIKE : OPEN;
  }

  String words() {
    return words;
  }
}
