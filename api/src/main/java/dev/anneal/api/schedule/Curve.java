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

  private static final double HIGH = 0x1p900;

  /** A power of two, so that nothing is rounded. */
  private static final double SMALLER = 0x1p-200;

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
    // The arithmetic in pairs needs room above the ends: those near the end of all numbers are
    // taken
    // at a smaller size.
    boolean high = Math.max(Math.abs(from), Math.abs(to)) > HIGH;
    return DoubleDouble.finite(
        high ? inside(from * SMALLER, to * SMALLER, x) / SMALLER : inside(from, to, x));
  }

  abstract double inside(double from, double to, double x);
}
