package dev.anneal.api.schedule;

import dev.anneal.api.numeric.DoubleDouble;

/** How a value goes from one number to another. */
public enum Curve {
  /** {@code from + (to - from) x}. */
  LINEAR {
    @Override
    double inside(double from, double to, double x) {
      return DoubleDouble.line(from, to, x, 1);
    }
  },
  /** {@code to + (from - to) (1 + cos(pi x)) / 2}. */
  COSINE {
    @Override
    double inside(double from, double to, double x) {
      return DoubleDouble.cosine(from, to, x, 1, 1);
    }
  },
  /** {@code from (to / from)^x}; linear where the two are not both above or both below 0. */
  EXPONENTIAL {
    @Override
    double inside(double from, double to, double x) {
      double ratio = to / from;
      return ratio > 0 && ratio < Double.POSITIVE_INFINITY
          ? Math.copySign(DoubleDouble.power(Math.abs(from), 0, ratio, x), from)
          : LINEAR.inside(from, to, x);
    }
  },
  /**
   * One minus the square root of the time to the higher end: {@code from + (to - from) sqrt(x)} for
   * a fall, {@code from + (to - from) (1 - sqrt(1 - x))} for a rise. Steep at the higher end.
   */
  ONE_MINUS_SQRT {
    @Override
    double inside(double from, double to, double x) {
      return to < from ? DoubleDouble.root(to, from, x) : DoubleDouble.rootOfRest(from, to, x);
    }
  };

  /**
   * The value on the way.
   *
   * @param from where it starts; the exact result for {@code x <= 0}
   * @param to where it ends; the exact result for {@code x >= 1}
   * @param x the part of the way that is done
   * @return the value, finite where both ends are
   */
  public double between(double from, double to, double x) {
    if (!(x > 0) || from == to) {
      return from;
    }
    if (x >= 1) {
      return to;
    }
    // Ends so far apart that their distance is beyond all numbers are taken at half their size.
    boolean far = Double.isInfinite(to - from);
    return DoubleDouble.finite(far ? 2 * inside(from / 2, to / 2, x) : inside(from, to, x));
  }

  abstract double inside(double from, double to, double x);
}
