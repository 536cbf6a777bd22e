package dev.anneal.schedulers;

import static dev.anneal.schedulers.Exact.DIGITS;

import java.math.BigDecimal;

/** Straight lines and cosines to 60 digits. */
final class ExactShapes {
  private static final BigDecimal PI =
      new BigDecimal(
          "3.14159265358979323846264338327950288419716939937510582097494459230781640628620899");

  private ExactShapes() {}

  static BigDecimal of(double value) {
    return Exact.of(value);
  }

  /** {@code from + (to - from) x}. */
  static BigDecimal linear(double from, double to, BigDecimal x) {
    return of(to).subtract(of(from)).multiply(x, DIGITS).add(of(from), DIGITS);
  }

  /** {@code to + (from - to) (1 + cos(pi x)) / 2}. */
  static BigDecimal cosine(double from, double to, BigDecimal x) {
    BigDecimal height = BigDecimal.ONE.add(cosPi(x)).divide(BigDecimal.TWO, DIGITS);
    return of(from).subtract(of(to)).multiply(height, DIGITS).add(of(to), DIGITS);
  }

  /** The power series. */
  private static BigDecimal cosPi(BigDecimal x) {
    BigDecimal angle = x.remainder(BigDecimal.TWO).multiply(PI, DIGITS);
    BigDecimal square = angle.multiply(angle, DIGITS);
    BigDecimal sum = BigDecimal.ONE;
    BigDecimal term = BigDecimal.ONE;
    for (int n = 2; n < 100; n += 2) {
      term =
          term.multiply(square, DIGITS)
              .divide(BigDecimal.valueOf((long) n * (n - 1)), DIGITS)
              .negate();
      sum = sum.add(term, DIGITS);
    }
    return sum;
  }

  static BigDecimal ratio(double part, double whole) {
    return of(part).divide(of(whole), DIGITS);
  }
}
