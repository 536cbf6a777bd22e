package dev.anneal.api.numeric;

/**
 * Shapes between two values of at least 0, computed in pairs of doubles so that in effect only the
 * result is rounded: it is within 1 ulp of the formula with these arguments, and exact where that
 * is a double. Below {@link Double#MIN_NORMAL} the spacing of numbers bounds the error instead.
 *
 * <p>For authors of schedules: StrictMath rounds each function, and its powers make arrays.
 *
 * <p>A pair stands for the sum of a number and of a correction far below it. Methods return one
 * double, never a pair: nothing is allocated.
 */
public final class DoubleDouble {
  /** Beyond this exponent of e, any two doubles multiplied leave the range of doubles. */
  private static final double BEYOND = 3000;

  /** Up to so many factors are multiplied, which is faster than logarithms. */
  private static final int FEW = 16;

  /** Lengths of time below this count as this, so that a number of them is finite. */
  private static final double SHORTEST = 0x1p-900;

  private static final double LOG2_E = 1 / Math.log(2);

  /** The first 33 bits of ln 2, so that small multiples are exact; and the rest. */
  private static final double LN_2 = 0x1.62e42fefp-1;

  private static final double LN_2_LOW = 7.440617110012397e-11;

  /** e^r = 1 + r + r^2 / 2 + r^3 (1/3! + r / 4! + ...). */
  private static final double[] EXP = new double[12];

  /** log((1 + s) / (1 - s)) = 2 s (1 + z (1/3 + z (1/5 + z (1/7 + z / 9 + ...)))), z = s^2. */
  private static final double[] LOG = new double[11];

  private static final double THIRD = 1 / 3.0;
  private static final double THIRD_LOW = 1.850371707708594e-17;
  private static final double FIFTH = 0.2;
  private static final double FIFTH_LOW = -1.1102230246251566e-17;

  /**
   * (1 - cos(pi x)) / 2 = u (C1 + u (C2 + u (...))), u = x^2: pi^2k / (2 (2k)!) in turn + and -.
   */
  private static final double C1 = 2.4674011002723395;

  private static final double C1_LOW = 1.5663238771849278e-16;
  private static final double C2 = -2.0293560632083842;
  private static final double C2_LOW = 1.3301000412149323e-16;
  private static final double[] COSINE = {
    0.6676313844272947,
    -0.1176653151794466,
    0.01290344569500703,
    -0.0009647871547019616,
    5.231905246242285e-05,
    -2.1515347935164736e-06,
    6.939476231106886e-08,
    -1.8023653987312506e-09,
    3.850353565300677e-11,
    -6.884323640188707e-13
  };

  static {
    double factorial = 2;
    for (int k = 0; k < EXP.length; k++) {
      factorial *= k + 3;
      EXP[k] = 1 / factorial;
    }
    for (int k = 0; k < LOG.length; k++) {
      LOG[k] = 1.0 / (2 * k + 7);
    }
  }

  private DoubleDouble() {}

  /** {@code near + (far - near) * w} for a small weight, where {@code w = high + low}. */
  private static double mix(double near, double far, double high, double low) {
    double height = far - near;
    double product = height * high;
    double rest = Math.fma(height, high, -product) + (height * low + lost(far, -near) * high);
    double sum = near + product;
    return sum + (lost(near, product) + rest);
  }

  /** {@code a + b - (a + b)}: what the rounding of the sum lost. */
  private static double lost(double a, double b) {
    // From the larger: the way that takes them as they come overflows at the largest numbers.
    double sum = a + b;
    return Math.abs(a) >= Math.abs(b) ? b - (sum - a) : a - (sum - b);
  }

  private static double horner(double[] coefficients, double x) {
    double sum = coefficients[coefficients.length - 1];
    for (int k = coefficients.length - 2; k >= 0; k--) {
      sum = Math.fma(sum, x, coefficients[k]);
    }
    return sum;
  }

  /** {@code near + (far - near) * part / whole}. */
  public static double share(double near, double far, double part, double whole) {
    double high = part / whole;
    return mix(near, far, high, Math.fma(-high, whole, part) / whole);
  }

  /** {@code from + (to - from) * t / n}, for t in [0, n]. */
  public static double line(double from, double to, double t, double n) {
    // The distance from the nearer end has no rounding, and is the smaller weight.
    return t <= n / 2 ? share(from, to, t, n) : share(to, from, n - t, n);
  }

  /** {@code to + (from - to) * (1 - p) / (1 - p / 2)} with {@code p = t / n}, for t in [0, n]. */
  public static double reflected(double from, double to, double t, double n) {
    // The first half falls by p / (2 - p), whose terms have no rounding; n - t / 2 may have one.
    boolean early = t <= n / 2;
    double part = early ? t / 2 : n - t;
    double whole = n - t / 2;
    double high = part / whole;
    double low = (Math.fma(-high, whole, part) - high * lost(n, -t / 2)) / whole;
    return early ? mix(from, to, high, low) : mix(to, from, high, low);
  }

  /** {@code from / (1 + rate * t / n)}; 0 where the divisor is beyond the largest number. */
  public static double inverse(double from, double rate, double t, double n) {
    double length = Math.max(n, SHORTEST);
    double x = t / length;
    double more = rate * x;
    double sum = 1 + more;
    if (sum > Double.MAX_VALUE) {
      return 0;
    }
    double low =
        lost(1, more) + Math.fma(rate, x, -more) + rate * (Math.fma(-x, length, t) / length);
    double value = from / sum;
    return value + (Math.fma(-value, sum, from) - value * low) / sum;
  }

  /** {@code to + (from - to) * (1 - t / n)^exponent}, for t in [0, n). */
  public static double power(double from, double to, double t, double n, double exponent) {
    if (exponent == 1) {
      return line(from, to, t, n);
    }
    double left = n - t;
    double high = left / n;
    double low = (Math.fma(-high, n, left) + lost(n, -t)) / n;
    return powerOfPair(from, to, high, low, exponent, 0);
  }

  /**
   * {@code to + (from - to) * (1 - x)^exponent} with {@code x = (t / n)^k}, for t in [0, n). Where
   * neither power is 1, the rounding of x, or of 1 - x where that is smaller, makes the error up to
   * {@code 2 + exponent} ulp.
   */
  public static double power(
      double from, double to, double t, double n, double exponent, double k) {
    if (k == 1) {
      return power(from, to, t, n, exponent);
    }
    if (exponent == 1) {
      return powerOfPart(to, from, t, n, k);
    }
    double x = powerOfPart(1, 0, t, n, k);
    if (x > 0.5) {
      return power(from, to, powerOfPart(0, 1, t, n, k), exponent);
    }
    double left = 1 - x;
    return powerOfPair(from, to, left, 1 - left - x, exponent, 0);
  }

  /** {@code to + (from - to) * sqrt(x)}, for x in [0, 1]. */
  public static double root(double from, double to, double x) {
    return rootOfPair(from, to, x, 0);
  }

  /** {@code to + (from - to) * sqrt(1 - x)}, for x in [0, 1]. */
  public static double rootOfRest(double from, double to, double x) {
    return rootOfPair(from, to, 1 - x, lost(1, -x));
  }

  private static double rootOfPair(double from, double to, double xHigh, double xLow) {
    double root = Math.sqrt(xHigh);
    return root == 0 ? to : mix(to, from, root, (Math.fma(-root, root, xHigh) + xLow) / (2 * root));
  }

  /** {@code to + (from - to) * x^exponent}. */
  public static double power(double from, double to, double x, double exponent) {
    return powerOfPair(from, to, x, 0, exponent, 0);
  }

  /** {@code to + (from - to) * (t / n)^exponent}, for t in [0, n]. */
  public static double powerOfPart(double from, double to, double t, double n, double exponent) {
    double high = t / n;
    return powerOfPair(from, to, high, Math.fma(-high, n, t) / n, exponent, 0);
  }

  /** {@code from * x^(t / n)}. */
  public static double powerOver(double from, double x, double t, double n) {
    double length = Math.max(n, SHORTEST);
    double high = t / length;
    return powerOfPair(from, 0, x, 0, high, Math.fma(-high, length, t) / length);
  }

  /** {@code to + (from - to) * x^p}, where {@code x = xHigh + xLow} is at least 0, p likewise. */
  private static double powerOfPair(
      double from, double to, double xHigh, double xLow, double pHigh, double pLow) {
    if (xHigh <= 0 || from == to) {
      return to;
    }
    if (pHigh <= FEW && pHigh == Math.rint(pHigh) && pLow == 0 && xHigh <= 1 && xHigh > 0x1p-20) {
      return powerBySquaring(from, to, xHigh, xLow, (int) pHigh);
    }
    // x = 2^e m, m in [sqrt 1/2, sqrt 2]
    double up = xHigh < Double.MIN_NORMAL ? 0x1p64 : 1;
    double m = xHigh * up;
    int e = Math.getExponent(m);
    m = Math.scalb(m, -e);
    double mLow = xLow == 0 ? 0 : Math.scalb(xLow * up, -e);
    if (m > 1.4142135623730951) {
      m *= 0.5;
      mLow *= 0.5;
      e++;
    }
    if (up > 1) {
      e -= 64;
    }
    // s = (m - 1) / (m + 1)
    double top = (m - 1) + mLow;
    double topLow = mLow - (top - (m - 1));
    double bottom = m + 1;
    double bottomLow = m - (bottom - 1) + mLow;
    double s = top / bottom;
    double sLow = (Math.fma(-s, bottom, top) + topLow - s * bottomLow) / bottom;
    double z = s * s;
    double zLow = Math.fma(s, s, -z) + 2 * s * sLow;
    // b = 1/3 + z (1/5 + z (1/7 + ...)): the plain part is below 2^-13 of the logarithm
    double plain = horner(LOG, z);
    double a = FIFTH + z * plain;
    double aLow = Math.fma(z, plain, FIFTH - a) + (FIFTH_LOW + zLow * plain);
    double za = z * a;
    double b = THIRD + za;
    double bLow = THIRD - b + za + (THIRD_LOW + Math.fma(z, a, -za) + z * aLow + zLow * a);
    double w = z * b;
    double wLow = Math.fma(z, b, -w) + z * bLow + zLow * b;
    double curve = s * w;
    double curveLow = Math.fma(s, w, -curve) + s * wLow + sLow * w;
    double half = s + curve;
    double halfLow = s - half + curve + (sLow + curveLow);
    // y = p (e ln 2 + 2 half)
    double log = e * LN_2 + 2 * half;
    double logLow = lost(e * LN_2, 2 * half) + Math.fma(e, LN_2_LOW, 2 * halfLow);
    double y = pHigh * log;
    return Math.abs(y) > BEYOND
        ? exp(from, to, y, 0)
        : exp(from, to, y, Math.fma(pHigh, log, -y) + (pHigh * logLow + pLow * log));
  }

  /** The same for few whole factors that are not so small that their product might be lost. */
  private static double powerBySquaring(double from, double to, double x, double xLow, int p) {
    double power = 1;
    double powerLow = 0;
    double square = x;
    double squareLow = xLow;
    for (int left = p; left > 0; left >>= 1) {
      if ((left & 1) == 1) {
        double product = power * square;
        powerLow = Math.fma(power, square, -product) + (power * squareLow + powerLow * square);
        power = product;
      }
      double next = square * square;
      squareLow = Math.fma(square, square, -next) + 2 * square * squareLow;
      square = next;
    }
    return mix(to, from, power, powerLow);
  }

  /** {@code to + (from - to) * e^y}, where {@code y = high + low}. */
  public static double exp(double from, double to, double high, double low) {
    if (high < -BEYOND || from == to) {
      return to;
    }
    if (high > BEYOND) {
      return from > to ? Double.MAX_VALUE : -Double.MAX_VALUE;
    }
    double k = Math.rint(high * LOG2_E);
    double r = rest(high, low, k);
    double grown = r + 0.5 * r * r;
    double tail = tail(high, low, k, r, grown);
    if (k == 0 && r <= 0) {
      return mix(from, to, -grown, -tail);
    }
    // Half of e^r is below 1, so that its product with the height is finite.
    double height = from - to;
    double w = 0.5 + 0.5 * grown;
    double wLow = 0.5 - w + 0.5 * grown + 0.5 * tail;
    double product = height * w;
    double productLow = Math.fma(height, w, -product) + (height * wLow + lost(from, -to) * w);
    int twos = (int) k + 1;
    if (to == 0) {
      return finite(Math.scalb(product + productLow, twos));
    }
    double scaled = Math.scalb(product, twos);
    double sum = to + scaled;
    return Double.isInfinite(sum)
        ? finite(sum)
        : finite(sum + (lost(to, scaled) + Math.scalb(productLow, twos)));
  }

  /** {@code from + (to - from) / (1 + e^-y)} with {@code y = a + (b - a) * t / n}, finite. */
  public static double logistic(double from, double to, double a, double b, double t, double n) {
    double x = t / n;
    double xLow = Math.fma(-x, n, t) / n;
    double way = b - a;
    double product = way * x;
    double y = a + product;
    double yLow = lost(a, product) + (Math.fma(way, x, -product) + (way * xLow + lost(b, -a) * x));
    return y <= 0 ? sigmoid(from, to, y, yLow) : sigmoid(to, from, -y, -yLow);
  }

  /** {@code from + (to - from) * e^y / (1 + e^y)}, where {@code y = high + low <= 0}. */
  private static double sigmoid(double from, double to, double high, double low) {
    double k = Math.rint(high * LOG2_E);
    double r = rest(high, low, k);
    double grown = r + 0.5 * r * r;
    double tail = tail(high, low, k, r, grown);
    double head = 1 + grown;
    double sum = head + tail;
    double e = Math.scalb(sum, (int) k);
    double eLow = Math.scalb(1 - head + grown + (head - sum + tail), (int) k);
    double bottom = 1 + e;
    double part = e / bottom;
    double partLow = (Math.fma(-part, bottom, e) + eLow - part * (lost(1, e) + eLow)) / bottom;
    return mix(from, to, part, partLow);
  }

  /** {@code y - k ln 2}. */
  private static double rest(double high, double low, double k) {
    return Math.fma(-k, LN_2, high) + Math.fma(-k, LN_2_LOW, low);
  }

  /** {@code e^(y - k ln 2) - 1 - grown}, where r is the rest and grown {@code r + r^2 / 2}. */
  private static double tail(double high, double low, double k, double r, double grown) {
    double rLow = Math.fma(-k, LN_2, high) - r + Math.fma(-k, LN_2_LOW, low);
    double square = 0.5 * r * r;
    double lost = (r - grown + square) + Math.fma(0.5 * r, r, -square);
    return Math.fma(r * r * r, horner(EXP, r), rLow * (1 + r) + lost);
  }

  /** {@code to + (from - to) * ((1 + cos(pi t / n)) / 2)^exponent}, for t in [0, n]. */
  public static double cosine(double from, double to, double t, double n, double exponent) {
    return t <= n / 2
        ? cosine(from, to, exponent, true, t, n)
        : cosine(from, to, exponent, false, n - t, n);
  }

  /**
   * {@code to + (from - to) * ((1 + cos(pi x)) / 2)^exponent} with {@code x = (t / n)^k}, for t in
   * [0, n]. The rounding of x, or of 1 - x where that is smaller, makes the error up to {@code 3 +
   * 2 exponent} ulp.
   */
  public static double cosine(
      double from, double to, double t, double n, double exponent, double k) {
    if (k == 1) {
      return cosine(from, to, t, n, exponent);
    }
    double x = powerOfPart(1, 0, t, n, k);
    return x <= 0.5
        ? cosine(from, to, exponent, true, x, 1)
        : cosine(from, to, exponent, false, powerOfPart(0, 1, t, n, k), 1);
  }

  /** The cosine at {@code part / whole <= 1/2}, counted from its beginning or back from its end. */
  private static double cosine(
      double from, double to, double exponent, boolean early, double part, double whole) {
    double x = part / whole;
    double xLow = Math.fma(-x, whole, part) / whole;
    double u = x * x;
    double uLow = Math.fma(x, x, -u) + 2 * x * xLow;
    double plain = horner(COSINE, u);
    double a = Math.fma(u, plain, C2);
    double aLow = Math.fma(u, plain, C2 - a) + (C2_LOW + uLow * plain);
    double ua = u * a;
    double b = C1 + ua;
    double bLow = C1 - b + ua + (C1_LOW + Math.fma(u, a, -ua) + u * aLow + uLow * a);
    double w = u * b;
    double wLow = Math.fma(u, b, -w) + u * bLow + uLow * b;
    if (exponent == 1) {
      return early ? mix(from, to, w, wLow) : mix(to, from, w, wLow);
    }
    double left = early ? 1 - w : w;
    return powerOfPair(from, to, left, early ? 1 - left - w - wLow : wLow, exponent, 0);
  }

  /**
   * The nearest finite number: the parts of a formula are finite, what is made of them may not be.
   */
  public static double finite(double value) {
    return Math.clamp(value, -Double.MAX_VALUE, Double.MAX_VALUE);
  }
}
