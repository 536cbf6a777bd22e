package dev.anneal.schedulers;

import static dev.anneal.schedulers.Exact.DIGITS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.anneal.api.schedule.Duration;
import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.api.schedule.Unit;
import java.math.BigDecimal;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;

/** Exponential and inverse-time decay, smooth and in stairs. */
class DecayProperties {
  @Property(edgeCases = EdgeCasesMode.NONE)
  void exponentialDecayHoldsToAnUlp(
      @ForAll @Scale(12) @DoubleRange(max = 10) double initial,
      @ForAll @Scale(12) @DoubleRange(min = 1e-6, max = 1.5) double rate,
      @ForAll @Scale(12) @DoubleRange(min = 1, max = 10_000) double n,
      @ForAll @IntRange(max = 100_000) int t,
      @ForAll boolean staircase) {
    double value =
        new ExponentialDecayBuilder(initial, rate, Duration.iterations(n), Unit.ITERATION)
            .staircase(staircase)
            .build()
            .at(iteration(t));
    BigDecimal power = Exact.pow(Exact.of(rate), times(t, n, staircase));
    double exact = Exact.of(initial).multiply(power, DIGITS).doubleValue();
    if (exact < Double.MIN_NORMAL || exact > Double.MAX_VALUE) {
      assertEquals(Math.min(exact, Double.MAX_VALUE), value, Double.MIN_NORMAL);
    } else {
      Exact.assertClose(Exact.of(initial).multiply(power, DIGITS), value, 1);
    }
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void inverseTimeHoldsToAnUlp(
      @ForAll @Scale(12) @DoubleRange(max = 10) double initial,
      @ForAll @Scale(12) @DoubleRange(max = 10) double rate,
      @ForAll @Scale(12) @DoubleRange(min = 0.01, max = 10_000) double n,
      @ForAll @IntRange(max = 1_000_000) int t,
      @ForAll boolean staircase) {
    double value =
        new InverseTimeBuilder(initial, rate, Duration.iterations(n), Unit.ITERATION)
            .staircase(staircase)
            .build()
            .at(iteration(t));
    BigDecimal divisor = Exact.of(rate).multiply(times(t, n, staircase)).add(BigDecimal.ONE);
    Exact.assertClose(Exact.of(initial).divide(divisor, DIGITS), value, 1);
  }

  private static BigDecimal times(int t, double n, boolean staircase) {
    return staircase ? Exact.of(Math.floor(t / n)) : Exact.divide(t, n);
  }

  @Property
  void theStartAndTheFirstLengthAreExact(
      @ForAll @Scale(12) @DoubleRange(max = 10) double initial,
      @ForAll @Scale(12) @DoubleRange(min = 1e-6, max = 10) double rate,
      @ForAll @IntRange(min = 1, max = 1000) int n,
      @ForAll boolean staircase) {
    Duration over = Duration.iterations(n);
    var exponential =
        new ExponentialDecayBuilder(initial, rate, over, Unit.ITERATION)
            .staircase(staircase)
            .build();
    var inverse =
        new InverseTimeBuilder(initial, rate, over, Unit.ITERATION).staircase(staircase).build();
    assertEquals(initial, exponential.at(iteration(0)));
    assertEquals(initial, inverse.at(iteration(0)));
    Exact.assertClose(Exact.of(initial).multiply(Exact.of(rate)), exponential.at(iteration(n)), 1);
    Exact.assertClose(
        Exact.of(initial).divide(Exact.of(rate).add(BigDecimal.ONE), DIGITS),
        inverse.at(iteration(n)),
        1);
    if (staircase) {
      assertEquals(initial, exponential.at(iteration(n - 1)));
      assertEquals(initial, inverse.at(iteration(n - 1)));
    }
  }

  @Example
  void theyEndAtZeroOrTheLargestNumber() {
    Duration shortest = Duration.iterations(Double.MIN_VALUE);
    double huge = Double.MAX_VALUE;
    for (boolean staircase : new boolean[] {false, true}) {
      assertEquals(0, exponential(1, 0.5, shortest, staircase).at(iteration(9)));
      assertEquals(huge, exponential(1, 2, shortest, staircase).at(iteration(9)));
      assertEquals(1, exponential(1, 1, shortest, staircase).at(iteration(9)));
      assertEquals(0, exponential(0, 2, shortest, staircase).at(iteration(9)));
      assertEquals(
          huge, exponential(huge, 1.2, Duration.iterations(1), staircase).at(iteration(1)));
      assertEquals(0, inverse(1, huge, shortest, staircase).at(iteration(9)));
      assertEquals(1, inverse(1, 0, shortest, staircase).at(iteration(9)));
    }
  }

  private static Schedule exponential(
      double initial, double rate, Duration over, boolean staircase) {
    return new ExponentialDecayBuilder(initial, rate, over, Unit.ITERATION)
        .staircase(staircase)
        .build();
  }

  private static Schedule inverse(double initial, double rate, Duration over, boolean staircase) {
    return new InverseTimeBuilder(initial, rate, over, Unit.ITERATION).staircase(staircase).build();
  }

  private static Progress iteration(int t) {
    return Progress.at(t, 1, 2000);
  }
}
