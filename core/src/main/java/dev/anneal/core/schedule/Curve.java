package dev.anneal.core.schedule;

/** How a value goes from one number to another. */
public enum Curve {
  /** {@code from + (to - from) x}. */
  LINEAR {
    @Override
    double inside(double from, double to, double x) {
      return Double.isInfinite(to - from) ? from * (1 - x) + to * x : Precise.line(from, to, x, 1);
    }
  },
  /** {@code to + (from - to) (1 + cos(pi x)) / 2}. */
  COSINE {
    @Override
    double inside(double from, double to, double x) {
      // From the nearest of start, middle and end, where the angle is exact and nothing cancels;
      // and beyond a quarter of pi the JDK's functions make an array.
      if (x > 0.75) {
        return Math.fma(Precise.finite(from - to), squaredSine(1 - x), to);
      }
      double part = x < 0.25 ? squaredSine(x) : 0.5 - 0.5 * StrictMath.sin(Math.PI * (0.5 - x));
      return Math.fma(Precise.finite(to - from), part, from);
    }

    private static double squaredSine(double x) {
      double sine = StrictMath.sin(0.5 * Math.PI * x);
      return sine * sine;
    }
  },
  /** {@code from (to / from)^x}; linear where the two are not both above or both below 0. */
  EXPONENTIAL {
    @Override
    double inside(double from, double to, double x) {
      double ratio = to / from;
      return ratio > 0 && ratio < Double.POSITIVE_INFINITY
          ? Math.copySign(Precise.power(Math.abs(from), 0, ratio, x), from)
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
      double part = to < from ? Math.sqrt(x) : 1 - Math.sqrt(1 - x);
      return Math.fma(Precise.finite(to - from), part, from);
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
    return x >= 1 ? to : Precise.finite(inside(from, to, x));
  }

  abstract double inside(double from, double to, double x);
}
