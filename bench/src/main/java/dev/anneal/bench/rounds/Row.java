package dev.anneal.bench.rounds;

/**
 * Something that is measured, whoever does it.
 *
 * @param what its name
 * @param threads on how many
 * @param unit of its values
 */
record Row(String what, int threads, String unit) {
  private static final String CEILING = "fma ceiling";

  /** Whether more is better: of something in a second, or a part of the ceiling. */
  boolean isRate() {
    return unit.isEmpty() || unit.endsWith("/s");
  }

  /** How many times as fast the first value is as the second. */
  double times(double first, double second) {
    return isRate() ? first / second : second / first;
  }

  /** Whether this is how fast the machine itself was, on so many threads. */
  boolean isCeiling(int onThreads) {
    return what.equals(CEILING) && threads == onThreads;
  }
}
