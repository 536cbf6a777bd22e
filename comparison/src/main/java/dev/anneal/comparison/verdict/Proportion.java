package dev.anneal.comparison.verdict;

import org.apache.commons.statistics.distribution.BetaDistribution;

/**
 * The share that a count of a few may stand for, with 95 % (Clopper and Pearson 1934).
 *
 * @param low the lower end, in [0, 1]
 * @param high the upper end, in [0, 1]
 */
public record Proportion(double low, double high) {
  private static final double TAIL = 0.025;

  /**
   * Of a count.
   *
   * @param count how many it happened to, 0 to {@code of}
   * @param of how many there were, at least 1
   * @return the interval
   */
  public static Proportion of(int count, int of) {
    return new Proportion(
        count == 0
            ? 0
            : BetaDistribution.of(count, of - count + 1.0).inverseCumulativeProbability(TAIL),
        count == of
            ? 1
            : BetaDistribution.of(count + 1.0, of - count).inverseSurvivalProbability(TAIL));
  }
}
