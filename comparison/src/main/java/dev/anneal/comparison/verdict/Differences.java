package dev.anneal.comparison.verdict;

import java.util.List;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Paired differences of contenders over seeds. The variance of a pair is drawn towards that of all
 * pairs, as in limma's moderated t (Smyth 2004) with 4 prior degrees of freedom: a variance of
 * three numbers alone is mostly noise, and one for all is wrong when one contender is wild.
 */
final class Differences {
  private static final int PRIOR = 4;

  private final double[][] values;
  private final int seeds;
  private final double least;
  private final double share;
  private final double pooled;
  private final int prior;

  /**
   * @param values a row of numbers for each contender
   * @param members the contenders whose variances are pooled
   * @param seeds so many numbers of each row count, at least 2
   * @param least no variance is smaller
   * @param overlap samples that validate for each one that trains, where the parts of seeds
   *     overlap, as folds do; 0 where seeds share their parts (Nadeau and Bengio 2003)
   */
  Differences(double[][] values, List<Integer> members, int seeds, double least, double overlap) {
    this.values = values;
    this.seeds = seeds;
    this.least = least;
    share = 1.0 / seeds + overlap;
    // With two there is one pair: borrowed from itself, degrees of freedom would be made up.
    prior = members.size() > 2 ? Math.min(PRIOR, seeds - 1) : 0;
    double sum = 0;
    int pairs = 0;
    for (int i : members) {
      for (int j : members) {
        double variance = j < i ? variance(i, j) : Double.NaN;
        if (!Double.isNaN(variance)) {
          sum += variance;
          pairs++;
        }
      }
    }
    pooled = pairs == 0 ? Double.NaN : sum / pairs;
  }

  /** Of i less j: how much worse i is. */
  double mean(int i, int j) {
    double sum = 0;
    for (int s = 0; s < seeds; s++) {
      sum += values[i][s] - values[j][s];
    }
    return sum / seeds;
  }

  private double variance(int i, int j) {
    double mean = mean(i, j);
    double sum = 0;
    for (int s = 0; s < seeds; s++) {
      double off = values[i][s] - values[j][s] - mean;
      sum += off * off;
    }
    return sum / (seeds - 1);
  }

  /** The standard deviation of a difference between two seeds. */
  double deviation(int i, int j) {
    double own = (seeds - 1) * variance(i, j);
    double shrunk = prior == 0 ? own : prior * pooled + own;
    return Math.sqrt(Math.max(least, shrunk / degrees()));
  }

  /** The standard error of the mean. */
  double error(int i, int j) {
    return deviation(i, j) * Math.sqrt(share);
  }

  int degrees() {
    return prior + seeds - 1;
  }

  /** So many standard errors are surpassed by chance at a level. */
  double quantile(double level) {
    return TDistribution.of(degrees()).inverseSurvivalProbability(level);
  }

  boolean same(int i, int j) {
    for (int s = 0; s < seeds; s++) {
      if (values[i][s] != values[j][s]) {
        return false;
      }
    }
    return true;
  }

  /** How far i is ahead of j. */
  Lead lead(int i, int j, double level) {
    int ahead = 0;
    for (int s = 0; s < seeds; s++) {
      ahead += values[i][s] < values[j][s] ? 1 : 0;
    }
    double mean = mean(j, i);
    double reach = quantile(level) * error(i, j);
    return new Lead(mean, mean - reach, mean + reach, ahead, seeds);
  }
}
