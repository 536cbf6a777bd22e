package dev.anneal.data.prepare;

import java.util.Arrays;
import java.util.Locale;

/** How numbers of a column are brought to the scale of the others: (x - shift) * factor. */
public enum Scaling {
  /** Not at all. */
  NONE {
    @Override
    Affine learn(double[] sorted) {
      return new Affine(0, 1);
    }
  },

  /** To mean 0 and deviation 1. */
  STANDARD {
    @Override
    Affine learn(double[] sorted) {
      double mean = Arrays.stream(sorted).sum() / sorted.length;
      double squares = Arrays.stream(sorted).map(x -> (x - mean) * (x - mean)).sum();
      return Affine.of(mean, Math.sqrt(squares / sorted.length));
    }
  },

  /** To 0 for the least and 1 for the greatest. */
  MINMAX {
    @Override
    Affine learn(double[] sorted) {
      return Affine.of(sorted[0], sorted[sorted.length - 1] - sorted[0]);
    }
  },

  /**
   * By the median, and the distance of the quartiles; where these are equal, half the range. A few
   * values far off move neither.
   */
  ROBUST {
    @Override
    Affine learn(double[] sorted) {
      double quartiles = Quantiles.of(sorted, 0.75) - Quantiles.of(sorted, 0.25);
      double range = sorted[sorted.length - 1] - sorted[0];
      return Affine.of(Quantiles.of(sorted, 0.5), quartiles > 0 ? quartiles : range / 2);
    }
  };

  /**
   * A straight line.
   *
   * @param shift what is taken away
   * @param factor of what is left
   */
  record Affine(double shift, double factor) {
    /** Where all numbers are the same there is nothing to tell, and later others tell nothing. */
    static Affine of(double shift, double spread) {
      return new Affine(shift, isConstant(shift, spread) ? 0 : 1 / spread);
    }

    /** Whether a spread is that of rounding alone. */
    private static boolean isConstant(double about, double spread) {
      return spread <= 10 * Math.ulp(about);
    }
  }

  /** Learns from numbers in ascending order, at least one. */
  abstract Affine learn(double[] sorted);

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
