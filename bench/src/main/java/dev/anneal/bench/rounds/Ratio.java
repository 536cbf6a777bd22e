package dev.anneal.bench.rounds;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * How many times as fast one program is as another, from rounds in which both had their turn.
 *
 * <p>The logarithms of a round's ratio are taken for a sample of a normal distribution; the
 * interval is Student's for its mean, so the ratio is the geometric mean of the rounds' ratios. A
 * round has processes of its own: repetitions within one process share what the JIT decided and
 * where arrays lie, and are no sample (Georges, Buytaert and Eeckhout, "Statistically rigorous Java
 * performance evaluation", OOPSLA 2007). What slows the machine down for a while slows down both of
 * a pair, and their ratio knows little of it.
 *
 * @param times how many times as fast
 * @param low the interval's lower end
 * @param high the interval's upper end
 */
record Ratio(double times, double low, double high) {
  /** How often the interval holds the true ratio. */
  static final double CONFIDENCE = 0.95;

  /** With fewer rounds nothing is known of their spread. */
  static final int FEWEST = 2;

  /**
   * Of the ratios of some rounds.
   *
   * @param rounds at least two positive numbers
   */
  static Ratio of(double... rounds) {
    if (rounds.length < FEWEST) {
      throw new IllegalArgumentException("an interval needs two rounds, not " + rounds.length);
    }
    double[] logs = Arrays.stream(rounds).map(Math::log).toArray();
    double mean = Arrays.stream(logs).average().orElseThrow();
    double squares = Arrays.stream(logs).map(log -> (log - mean) * (log - mean)).sum();
    int degrees = rounds.length - 1;
    double error = Math.sqrt(squares / degrees / rounds.length);
    double reach =
        error * TDistribution.of(degrees).inverseSurvivalProbability((1 - CONFIDENCE) / 2);
    return new Ratio(Math.exp(mean), Math.exp(mean - reach), Math.exp(mean + reach));
  }

  /** As tables show it: {@code 1.18 (1.15-1.21)}. */
  String shown() {
    return "%s (%s-%s)".formatted(Digits.of(times), Digits.of(low), Digits.of(high));
  }

  /** How many times the ratio the upper end is, and the lower end the ratio. */
  double reach() {
    return high / times;
  }
}
