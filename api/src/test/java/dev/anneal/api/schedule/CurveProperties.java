package dev.anneal.api.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;

class CurveProperties {
  private static final MathContext DIGITS = new MathContext(50);
  private static final BigDecimal PI =
      new BigDecimal("3.14159265358979323846264338327950288419716939937510582097494459");

  private static BigDecimal of(double value) {
    return new BigDecimal(value);
  }

  private static BigDecimal line(double from, double to, BigDecimal part) {
    return of(from).add(of(to).subtract(of(from)).multiply(part, DIGITS), DIGITS);
  }

  /** The Taylor series. */
  private static BigDecimal cos(BigDecimal x) {
    BigDecimal sum = BigDecimal.ONE;
    BigDecimal term = BigDecimal.ONE;
    for (int n = 1; n < 30; n++) {
      term =
          term.multiply(x, DIGITS)
              .multiply(x, DIGITS)
              .divide(BigDecimal.valueOf(-2L * n * (2 * n - 1)), DIGITS);
      sum = sum.add(term, DIGITS);
    }
    return sum;
  }

  private static void assertClose(BigDecimal exact, double actual, double ulps, double scale) {
    double off = exact.subtract(of(actual)).abs().doubleValue() / Math.ulp(scale);
    assertTrue(off <= ulps, () -> actual + " is " + off + " ulp from " + exact.doubleValue());
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void linearIsTheLine(
      @ForAll @Scale(9) @DoubleRange(min = -10, max = 10) double from,
      @ForAll @Scale(9) @DoubleRange(min = -10, max = 10) double to,
      @ForAll @Scale(12) @DoubleRange(max = 1) double x) {
    double scale = Math.max(Math.abs(from), Math.abs(to));
    assertClose(line(from, to, of(x)), Curve.LINEAR.between(from, to, x), 1, scale);
  }

  /** Rounding the distance of the ends, which is up to twice as large as they, would be seen. */
  @Example
  void theDistanceOfTheEndsIsNotRounded() {
    double from = -9.999999999;
    double to = Math.nextDown(9.876543211);
    for (double x = 0.0009765625; x < 1; x += 0.0009765625) {
      assertClose(line(from, to, of(x)), Curve.LINEAR.between(from, to, x), 1, Math.abs(from) / 2);
    }
  }

  /** Far ends whose distance is beyond all numbers, and near ones to the same scale. */
  @Example
  void theDistanceOfTheEndsMayBeBeyondAllNumbers() {
    double most = Double.MAX_VALUE;
    assertEquals(0, Curve.LINEAR.between(-most, most, 0.5));
    for (Curve curve : new Curve[] {Curve.LINEAR, Curve.COSINE, Curve.ONE_MINUS_SQRT}) {
      for (double x : new double[] {1e-9, 0.1, 0.25, 0.5, 0.7, 0.999}) {
        for (double sign : new double[] {1, -1}) {
          double near = curve.between(-sign, sign, x) * 0x1p1023;
          assertEquals(near, curve.between(-sign * 0x1p1023, sign * 0x1p1023, x), curve + " " + x);
        }
      }
    }
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void cosineIsHalfACosine(
      @ForAll @Scale(9) @DoubleRange(min = -10, max = 10) double from,
      @ForAll @Scale(9) @DoubleRange(min = -10, max = 10) double to,
      @ForAll @Scale(12) @DoubleRange(max = 1) double x) {
    BigDecimal part =
        BigDecimal.ONE.subtract(cos(PI.multiply(of(x), DIGITS))).divide(BigDecimal.TWO, DIGITS);
    double scale = Math.max(Math.abs(from), Math.abs(to));
    assertClose(line(from, to, part), Curve.COSINE.between(from, to, x), 1, scale);
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void oneMinusSquareRootIsSteepAtTheHigherEnd(
      @ForAll @Scale(9) @DoubleRange(min = -10, max = 10) double from,
      @ForAll @Scale(9) @DoubleRange(min = -10, max = 10) double to,
      @ForAll @Scale(12) @DoubleRange(max = 1) double x) {
    BigDecimal part =
        to < from
            ? of(x).sqrt(DIGITS)
            : BigDecimal.ONE.subtract(BigDecimal.ONE.subtract(of(x)).sqrt(DIGITS));
    double scale = Math.max(Math.abs(from), Math.abs(to));
    assertClose(line(from, to, part), Curve.ONE_MINUS_SQRT.between(from, to, x), 1, scale);
  }

  /** At quarters of the way, where the power is a square root of a square root. */
  @Property(edgeCases = EdgeCasesMode.NONE)
  void exponentialIsTheGeometricMean(
      @ForAll @Scale(9) @DoubleRange(min = 1e-6, max = 10) double from,
      @ForAll @Scale(9) @DoubleRange(min = 1e-6, max = 10) double to) {
    BigDecimal half = of(from).multiply(of(to)).sqrt(DIGITS);
    BigDecimal quarter = of(from).multiply(half).sqrt(DIGITS);
    // The rounding of the ratio is carried through the power.
    assertClose(half, Curve.EXPONENTIAL.between(from, to, 0.5), 3, half.doubleValue());
    assertClose(quarter, Curve.EXPONENTIAL.between(from, to, 0.25), 3, quarter.doubleValue());
    assertClose(half.negate(), Curve.EXPONENTIAL.between(-from, -to, 0.5), 3, half.doubleValue());
  }

  @Example
  void exponentialIsLinearWhereThereIsNoRatio() {
    assertEquals(0.5, Curve.EXPONENTIAL.between(0, 1, 0.5));
    assertEquals(0.5, Curve.EXPONENTIAL.between(1, 0, 0.5));
    assertEquals(0.5, Curve.EXPONENTIAL.between(-1, 2, 0.5));
    assertEquals(5e299, Curve.EXPONENTIAL.between(1e-300, 1e300, 0.5));
    assertEquals(5e299, Curve.EXPONENTIAL.between(1e300, 1e-300, 0.5));
    assertEquals(1.0, Curve.EXPONENTIAL.between(0.1, 10, 0.5), 1e-15);
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void theEndsAreExactAndNothingLiesBeyond(
      @ForAll Curve curve, @ForAll double from, @ForAll double to) {
    assertEquals(from, curve.between(from, to, 0));
    assertEquals(from, curve.between(from, to, -1));
    assertEquals(from, curve.between(from, to, Double.NEGATIVE_INFINITY));
    assertEquals(from, curve.between(from, to, Double.NaN));
    assertEquals(to, curve.between(from, to, 1));
    assertEquals(to, curve.between(from, to, 2));
    assertEquals(to, curve.between(from, to, Double.POSITIVE_INFINITY));
    assertEquals(from, curve.between(from, from, 0.3));
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void betweenTheEndsItStaysBetweenThem(
      @ForAll Curve curve,
      @ForAll double from,
      @ForAll double to,
      @ForAll @Scale(12) @DoubleRange(max = 1) double x) {
    double value = curve.between(from, to, x);
    double slack = 4 * Math.ulp(Math.max(Math.abs(from), Math.abs(to)));
    assertTrue(
        value >= Math.min(from, to) - slack && value <= Math.max(from, to) + slack,
        () -> "" + value);
    for (double a : new double[] {-Double.MAX_VALUE, -1, 0, Double.MIN_VALUE, Double.MAX_VALUE}) {
      for (double b : new double[] {-Double.MAX_VALUE, 0, 1e-300, Double.MAX_VALUE}) {
        assertTrue(Double.isFinite(curve.between(a, b, x)), () -> a + " " + b + " " + x);
      }
    }
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void noCurveTurns(
      @ForAll Curve curve,
      @ForAll @Scale(6) @DoubleRange(min = 0.01, max = 10) double from,
      @ForAll @Scale(6) @DoubleRange(min = 0.01, max = 10) double to,
      @ForAll @Scale(6) @DoubleRange(max = 1) double x,
      @ForAll @Scale(6) @DoubleRange(max = 1) double y) {
    double first = curve.between(from, to, Math.min(x, y));
    double second = curve.between(from, to, Math.max(x, y));
    double slack = 4 * Math.ulp(Math.max(from, to));
    assertTrue(from < to ? first <= second + slack : first >= second - slack);
  }

  @Example
  void aFractionIsOneOfAnotherValue() {
    assertEquals(0.25, Relative.VALUE.of(0.25, 8));
    assertEquals(2, Relative.FRACTION.of(0.25, 8));
    assertEquals(Double.MAX_VALUE, Relative.FRACTION.of(1e200, 1e200));
    assertEquals(-Double.MAX_VALUE, Relative.FRACTION.of(1e200, -1e200));
  }

  @Example
  void theCurvesAreTheKnownOnesInTheMiddle() {
    assertEquals(0.5, Curve.LINEAR.between(1, 0, 0.5));
    assertEquals(0.5, Curve.COSINE.between(1, 0, 0.5));
    double middle = 1 - Math.sqrt(0.5);
    assertClose(
        BigDecimal.ONE.subtract(of(0.5).sqrt(DIGITS)),
        Curve.ONE_MINUS_SQRT.between(1, 0, 0.5),
        1,
        middle);
  }

  /** Near the end of all numbers there is no room for intermediate results. */
  @Property(tries = 2000)
  void betweenTheLargestNumbersTheyStayThere(
      @ForAll Curve curve,
      @ForAll @DoubleRange(min = 1e300, max = Double.MAX_VALUE) double from,
      @ForAll @DoubleRange(min = 1e300, max = Double.MAX_VALUE) double to,
      @ForAll @DoubleRange(min = 0, max = 1) double x) {
    double value = curve.between(from, to, x);
    assertTrue(value >= Math.min(from, to) && value <= Math.max(from, to), () -> "" + value);
  }
}
