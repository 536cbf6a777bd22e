package dev.anneal.testkit;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;

/**
 * Numbers of a range as people choose them: a few digits at a magnitude near that of the default,
 * or of 1, counted from an end of the range where it has one. They shrink to one digit at that
 * magnitude.
 */
final class Magnitudes {
  private static final Pattern RANGE = Pattern.compile("([\\[(])([^,]+),\\s*([^,]+)([])])");

  /** Powers of ten below that of the default, and above it. */
  private static final int SMALLER = 3;

  private static final int LARGER = 2;

  /** How many times as often numbers are usual as they are at their ends. */
  private static final int USUAL = 9;

  private final double low;
  private final double high;
  private final int exponent;
  private final boolean extreme;

  /**
   * Reads what is declared.
   *
   * @param range as its annotation writes it
   * @param byDefault the default, or nothing
   * @param extreme whether now and then numbers are as large or small as they can be
   */
  Magnitudes(String range, String byDefault, boolean extreme) {
    Matcher matcher = RANGE.matcher(range);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(range);
    }
    low = end(matcher.group(2));
    high = end(matcher.group(3));
    this.extreme = extreme;
    exponent = exponent(byDefault);
  }

  private static double end(String text) {
    return Double.parseDouble(text.strip().replace("inf", "Infinity"));
  }

  /** Of a default's first digit; a default of 0 is as good as none. */
  private static int exponent(String byDefault) {
    try {
      double number = Math.abs(Double.parseDouble(byDefault));
      return number > 0 && Double.isFinite(number) ? (int) Math.floor(Math.log10(number)) : 0;
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** Any number. */
  Arbitrary<Double> any() {
    Arbitrary<Double> usual = between(exponent - SMALLER, exponent + LARGER);
    double[] ends = {low, high};
    Arbitrary<Double> end =
        Arbitraries.of(0, 1).map(i -> Math.clamp(ends[i], -Double.MAX_VALUE, Double.MAX_VALUE));
    if (!extreme) {
      return Double.isFinite(low) && Double.isFinite(high)
          ? Arbitraries.frequencyOf(Tuple.of(USUAL, usual), Tuple.of(1, end))
          : usual;
    }
    return Arbitraries.frequencyOf(
        Tuple.of(2 * USUAL, usual), Tuple.of(2, end), Tuple.of(1, between(-320, 308)));
  }

  private Arbitrary<Double> between(int least, int most) {
    double width = high - low;
    int widest = Double.isFinite(width) ? (int) Math.ceil(Math.log10(width)) - 1 : most;
    int largest = Math.min(most, widest);
    int smallest = Math.min(least, largest - 1);
    Arbitrary<BigDecimal> round = Arbitraries.of("1", "2", "5").map(BigDecimal::new);
    Arbitrary<BigDecimal> digits =
        Arbitraries.frequencyOf(
            Tuple.of(1, round),
            Tuple.of(
                1,
                Arbitraries.bigDecimals()
                    .between(BigDecimal.ONE, new BigDecimal("9.9999999999999"))
                    .ofScale(13)
                    .withDistribution(RandomDistribution.uniform())));
    Arbitrary<Integer> powers =
        Arbitraries.integers()
            .between(smallest, largest)
            .shrinkTowards(Math.clamp(exponent, smallest, largest));
    return Combinators.combine(digits, powers, Arbitraries.of(false, true)).as(this::number);
  }

  /** From the lower end or from the upper one; with neither, of either sign. */
  private double number(BigDecimal digits, int power, boolean other) {
    BigDecimal magnitude = digits.scaleByPowerOfTen(power);
    boolean above = Double.isFinite(low) && !(other && Double.isFinite(high));
    double end = above ? low : Double.isFinite(high) ? high : 0;
    boolean plus = above || (end != high && !other);
    BigDecimal from = new BigDecimal(end);
    double number = (plus ? from.add(magnitude) : from.subtract(magnitude)).doubleValue();
    return Math.clamp(number, -Double.MAX_VALUE, Double.MAX_VALUE);
  }

  /** Whole numbers; most of them small ones, or close to the lower end. */
  Arbitrary<Long> whole() {
    long least = Double.isFinite(low) ? (long) Math.ceil(low) : -10;
    long most = Double.isFinite(high) ? (long) high : Long.MAX_VALUE;
    long few = most - least > 20 || most == Long.MAX_VALUE ? least + 20 : most;
    return extreme && few < most
        ? Arbitraries.frequencyOf(
            Tuple.of(USUAL, Arbitraries.longs().between(least, few)),
            Tuple.of(1, RandomRun.upTo(1_000_000).map(n -> Math.min(most, least + n))))
        : Arbitraries.longs().between(least, few);
  }

  /** Lengths: whole numbers up to 100. */
  Arbitrary<Double> amounts() {
    double least = Double.isFinite(low) ? low : 0;
    return Arbitraries.integers().between(0, 100).map(n -> least + n);
  }
}
