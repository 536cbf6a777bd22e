package dev.anneal.comparison.verdict;

import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * How many seeds a paired t test takes to find a gap in 80 % of comparisons.
 *
 * @param few if the deviation is as small as it may be with 90 %
 * @param likely if it is what it looks like
 * @param many if it is as large as it may be
 */
public record SeedsNeeded(int few, int likely, int many) {
  /** Whoever needs more has contenders that are alike for all purposes. */
  public static final int MOST = 1000;

  private static final double POWER = 0.8;
  private static final double TAIL = 0.05;

  /**
   * Of a gap.
   *
   * @param gap at least 0
   * @param deviation of a difference between two seeds
   * @param degrees of freedom that the deviation is known with
   * @param level the one-sided level of the test
   * @return seeds, {@link #MOST} where there is no gap
   */
  static SeedsNeeded of(double gap, double deviation, int degrees, double level) {
    var spread = ChiSquaredDistribution.of(degrees);
    double small = deviation * Math.sqrt(degrees / spread.inverseSurvivalProbability(TAIL));
    double large = deviation * Math.sqrt(degrees / spread.inverseCumulativeProbability(TAIL));
    return new SeedsNeeded(
        seeds(gap / small, level), seeds(gap / deviation, level), seeds(gap / large, level));
  }

  /** Of a gap in deviations: the least n at which it surpasses both quantiles. */
  static int seeds(double gap, double level) {
    double power = NormalDistribution.of(0, 1).inverseCumulativeProbability(POWER);
    for (int n = 2; n < MOST; n++) {
      double bound = TDistribution.of(n - 1.0).inverseSurvivalProbability(level) + power;
      if (gap * Math.sqrt(n) >= bound) {
        return n;
      }
    }
    return MOST;
  }
}
