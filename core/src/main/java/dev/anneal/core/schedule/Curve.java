package dev.anneal.core.schedule;

/** How a value goes from one number to another. */
public enum Curve {
  /** {@code from + (to - from) x}. */
  LINEAR {
    @Override
    double inside(double from, double to, double x) {
      return Math.fma(Numeric.finite(to - from), x, from);
    }
  },
  /** {@code to + (from - to) (1 + cos(pi x)) / 2}. */
  COSINE {
    @Override
    double inside(double from, double to, double x) {
      // cos^2 of half the angle keeps its digits near the end, where 1 + cos cancels; and so does
      // the time left. Beyond a quarter of pi the JDK's functions make an array.
      double sine =
          x < 0.5 ? StrictMath.cos(0.5 * Math.PI * x) : StrictMath.sin(0.5 * Math.PI * (1 - x));
      return Math.fma(Numeric.finite(from - to), sine * sine, to);
    }
  },
  /** {@code from (to / from)^x}; linear where the two are not both above or both below 0. */
  EXPONENTIAL {
    @Override
    double inside(double from, double to, double x) {
      double ratio = to / from;
      return ratio > 0 && ratio < Double.POSITIVE_INFINITY
          ? from * StrictMath.exp(x * StrictMath.log(ratio)) // pow makes arrays
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
      return Math.fma(Numeric.finite(to - from), part, from);
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
    return x >= 1 ? to : Numeric.finite(inside(from, to, x));
  }

  abstract double inside(double from, double to, double x);
}
