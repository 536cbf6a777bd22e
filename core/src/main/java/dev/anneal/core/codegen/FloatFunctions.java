package dev.anneal.core.codegen;

import dev.anneal.core.codegen.LoweredKernel.Op;

/**
 * The transcendental functions in single precision, as polynomials over primitive operations. Every
 * target runs the same operations in the same order, so all of them compute the same bits.
 * Coefficients without a name are interpolations at Chebyshev nodes, computed to 40 digits;
 * PRECISION.md has the error bounds.
 */
record FloatFunctions(LoweredKernel code) {
  private static final float LN2_HIGH =
      0x1.62e4p-1f; // 0.693145752; n * LN2_HIGH is exact for |n| < 2^10
  private static final float LN2_LOW = 0x1.7f7d1cp-20f; // ln 2 - LN2_HIGH
  private static final float ROUNDER =
      0x1.8p23f; // adding it rounds to an integer, left in the lowest bits
  private static final float MIN_NORMAL = Float.MIN_NORMAL;

  /**
   * {@code e^x = 2^n e^r} with {@code |r| <= ln 2 / 2}. The power of two is applied as {@code
   * 2^(n-1) * 2} so that n may be 128; results below {@code 2^-125.5} are 0.
   */
  int exp(int x) {
    int clamped = min(max(x, c(-104)), c(89));
    int magic = fma(clamped, c(1.4426950408889634), c(ROUNDER));
    int n = subtract(magic, c(ROUNDER));
    int r = fma(n, c(-LN2_LOW), fma(n, c(-LN2_HIGH), clamped));
    int tail =
        polynomial(
            r,
            0.5,
            0.16666576998242924,
            0.0416665546278782,
            0.008363177629994445,
            0.00139261818104815);
    int power = fma(multiply(r, r), tail, r);
    int scale = code.apply(Op.HALF_POWER_OF_TWO, magic);
    int result = multiply(multiply(add(power, c(1)), scale), c(2));
    result = ifLess(x, c(-86.989), c(0), result);
    return ifLess(c(88.72283), x, c(Double.POSITIVE_INFINITY), result);
  }

  /**
   * {@code ln x = k ln 2 + ln m}, and with {@code s = (m-1)/(m+1)} the series {@code ln m = 2 (s +
   * s^3/3 + s^5/5 + ...)}.
   */
  int log(int x) {
    int subnormal = multiply(x, c(0x1p23));
    int scaled = ifLess(x, c(MIN_NORMAL), subnormal, x);
    int k = add(code.apply(Op.EXPONENT, scaled), ifLess(x, c(MIN_NORMAL), c(-23), c(0)));
    int f = subtract(code.apply(Op.MANTISSA, scaled), c(1));
    int s = divide(f, add(f, c(2)));
    int z = multiply(s, s);
    int series = multiply(z, polynomial(z, 2 / 3.0, 2 / 5.0, 2 / 7.0, 2 / 9.0));
    // ln m = f - (f^2/2 - s (f^2/2 + series)): the leading term is exact.
    int half = multiply(multiply(f, f), c(0.5));
    int low = fma(s, add(half, series), multiply(k, c(LN2_LOW)));
    int result = fma(k, c(LN2_HIGH), subtract(f, subtract(half, low)));
    result = ifLess(x, c(Float.MIN_VALUE), c(Double.NEGATIVE_INFINITY), result);
    result = ifLess(x, c(0), c(Double.NaN), result);
    result = add(result, subtract(x, x)); // the mantissa has forgotten a NaN
    return ifLess(c(Float.MAX_VALUE), x, x, result);
  }

  /**
   * {@code ln(1+x)} from the logarithm of the rounded sum {@code w}, corrected by what the rounding
   * lost.
   */
  int log1p(int x) {
    int w = add(x, c(1));
    int lost = subtract(x, subtract(w, c(1)));
    int correction = divide(lost, w);
    int result = add(log(w), correction);
    // At infinity and at -1 the correction is not a number, and not needed.
    result = ifLess(c(Float.MAX_VALUE), x, x, result);
    return ifLess(w, c(Float.MIN_VALUE), log(w), result);
  }

  /** An odd polynomial near 0, {@code 1 - 2/(e^2|x| + 1)} elsewhere. */
  int tanh(int x) {
    int z = multiply(x, x);
    int tail =
        polynomial(
            z,
            -0.33333333149374506,
            0.13333300146188914,
            -0.0539584616274522,
            0.021762502907359264,
            -0.008323187058278775,
            0.0022695016841623537);
    int near = fma(multiply(x, z), tail, x);
    int size = code.apply(Op.ABS, x);
    int far = subtract(c(1), divide(c(2), add(exp(add(size, size)), c(1))));
    int signed = ifLess(x, c(0), code.apply(Op.NEGATE, far), far);
    return ifLess(size, c(0.625), near, signed);
  }

  /** Horner's rule; coefficients from the constant up. */
  private int polynomial(int x, double... coefficients) {
    int sum = c(coefficients[coefficients.length - 1]);
    for (int i = coefficients.length - 2; i >= 0; i--) {
      sum = fma(sum, x, c(coefficients[i]));
    }
    return sum;
  }

  private int c(double value) {
    return code.constant(value);
  }

  private int add(int a, int b) {
    return code.apply(Op.ADD, a, b);
  }

  private int subtract(int a, int b) {
    return code.apply(Op.SUBTRACT, a, b);
  }

  private int multiply(int a, int b) {
    return code.apply(Op.MULTIPLY, a, b);
  }

  private int divide(int a, int b) {
    return code.apply(Op.DIVIDE, a, b);
  }

  private int max(int a, int b) {
    return code.apply(Op.MAX, a, b);
  }

  private int min(int a, int b) {
    return code.apply(Op.MIN, a, b);
  }

  private int fma(int a, int b, int addend) {
    return code.apply(Op.FMA, a, b, addend);
  }

  private int ifLess(int a, int b, int then, int otherwise) {
    return code.apply(Op.IF_LESS, a, b, then, otherwise);
  }
}
