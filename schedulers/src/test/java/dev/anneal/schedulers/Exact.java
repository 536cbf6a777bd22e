package dev.anneal.schedulers;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;

/** Arithmetic to 60 digits, to measure formulas in double against. */
final class Exact {
  static final MathContext DIGITS = new MathContext(60);

  private static final BigDecimal PI =
      new BigDecimal(
          "3.14159265358979323846264338327950288419716939937510582097494459230781640629");

  private Exact() {}

  static BigDecimal of(double value) {
    return new BigDecimal(value);
  }

  /** The power series, after halving the argument until it converges fast. */
  static BigDecimal exp(BigDecimal x) {
    int halvings = Math.max(0, x.precision() - x.scale()) * 4 + 8;
    BigDecimal small = x.divide(BigDecimal.TWO.pow(halvings), DIGITS);
    BigDecimal sum = BigDecimal.ONE;
    BigDecimal term = BigDecimal.ONE;
    for (int n = 1; n < 40; n++) {
      term = term.multiply(small, DIGITS).divide(BigDecimal.valueOf(n), DIGITS);
      sum = sum.add(term, DIGITS);
    }
    for (int i = 0; i < halvings; i++) {
      sum = sum.multiply(sum, DIGITS);
    }
    return sum;
  }

  /** Halley's iteration on {@link #exp}: each round triples the digits. */
  static BigDecimal log(BigDecimal x) {
    BigDecimal y = of(Math.log(x.doubleValue()));
    for (int i = 0; i < 3; i++) {
      BigDecimal e = exp(y);
      BigDecimal step = x.subtract(e, DIGITS).divide(x.add(e, DIGITS), DIGITS);
      y = y.add(step.multiply(BigDecimal.TWO), DIGITS);
    }
    return y;
  }

  static BigDecimal pow(BigDecimal x, double power) {
    return pow(x, of(power));
  }

  static BigDecimal pow(BigDecimal x, BigDecimal power) {
    return x.signum() == 0 ? BigDecimal.ZERO : exp(log(x).multiply(power, DIGITS));
  }

  static BigDecimal divide(double a, double b) {
    return of(a).divide(of(b), DIGITS);
  }

  /** {@code (1 + cos(pi x)) / 2} for x of at least 0 by the power series of the cosine. */
  static BigDecimal halfCosine(BigDecimal x) {
    BigDecimal around = x.remainder(BigDecimal.TWO);
    BigDecimal way = around.min(BigDecimal.TWO.subtract(around));
    BigDecimal square = way.multiply(PI, DIGITS).pow(2, DIGITS).negate();
    BigDecimal sum = BigDecimal.ONE;
    BigDecimal term = BigDecimal.ONE;
    for (int n = 1; n < 40; n++) {
      term = term.multiply(square, DIGITS).divide(BigDecimal.valueOf((2L * n - 1) * 2 * n), DIGITS);
      sum = sum.add(term, DIGITS);
    }
    return sum.add(BigDecimal.ONE).divide(BigDecimal.TWO, DIGITS);
  }

  /** {@code (1 - tanh(z)) / 2}. */
  static BigDecimal halfTanh(BigDecimal z) {
    return BigDecimal.ONE.divide(BigDecimal.ONE.add(exp(z.multiply(BigDecimal.TWO))), DIGITS);
  }

  /**
   * {@code to + (from - to) * weight}: exact where the weight is 0 or 1, however small the value.
   */
  static BigDecimal blend(double from, double to, BigDecimal weight) {
    BigDecimal other = BigDecimal.ONE.subtract(weight, DIGITS);
    return of(from).multiply(weight, DIGITS).add(of(to).multiply(other, DIGITS), DIGITS);
  }

  /** {@code from + (to - from) x}. */
  static BigDecimal line(double from, double to, BigDecimal x) {
    return blend(to, from, x);
  }

  /** Asserts that a value has a relative error of at most some {@code 2^-52}. */
  static void assertNear(BigDecimal exact, double actual, double epsilons) {
    double off = off(exact, actual);
    double unit = exact.abs().doubleValue() * 0x1p-52;
    assertTrue(
        off <= epsilons * unit,
        () -> actual + " is " + off / unit + " 2^-52 from " + exact.doubleValue());
  }

  /**
   * Asserts that a value is within some units in the last place of a number of the size of {@code
   * scale}.
   */
  static void assertClose(BigDecimal exact, double actual, double ulps, double scale) {
    double off = off(exact, actual) / Math.ulp(scale);
    assertTrue(off <= ulps, () -> actual + " is " + off + " ulp from " + exact.doubleValue());
  }

  static boolean isClose(BigDecimal exact, double actual, double ulps) {
    return off(exact, actual) <= ulps * Math.ulp(exact.doubleValue());
  }

  private static double off(BigDecimal exact, double actual) {
    return exact.subtract(of(actual), DIGITS).abs().doubleValue();
  }

  static void assertClose(BigDecimal exact, double actual, double ulps) {
    assertClose(exact, actual, ulps, exact.doubleValue());
  }
}
