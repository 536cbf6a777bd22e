package dev.anneal.schedulers;

import static dev.anneal.schedulers.Exact.DIGITS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Unit;
import java.math.BigDecimal;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;

class ExponentialProperties {
  @Property
  void theFormulaHolds(
      @ForAll @Scale(12) @DoubleRange(max = 10) double initial,
      @ForAll @Scale(12) @DoubleRange(max = 0.01) double rate,
      @ForAll @IntRange(max = 100_000) int t) {
    double value = new Exponential(initial, rate, Unit.ITERATION).at(Progress.at(t, 1, 1000));
    BigDecimal power = Exact.of(rate).multiply(BigDecimal.valueOf(-t));
    BigDecimal exact = Exact.of(initial).multiply(Exact.exp(power), DIGITS);
    if (Exact.exp(power).doubleValue() >= Double.MIN_NORMAL
        && exact.doubleValue() >= Double.MIN_NORMAL) {
      Exact.assertNear(exact, value, 2 + rate * t);
    } else {
      assertEquals(exact.doubleValue(), value, 10 * Double.MIN_NORMAL);
    }
  }

  @Property
  void atTheStartItIsTheInitialValue(
      @ForAll @Scale(12) @DoubleRange(max = 1e300) double initial,
      @ForAll @Scale(12) @DoubleRange(max = 1e300) double rate,
      @ForAll Unit per) {
    assertEquals(initial, new Exponential(initial, rate, per).at(Progress.at(0, 7, 100)));
  }

  @Example
  void itIsConstantWithinAnEpoch() {
    var schedule = new Exponential(0.5, 0.1, Unit.EPOCH);
    assertEquals(0.5, schedule.at(Progress.at(249, 250, 25_000)));
    double second = schedule.at(Progress.at(250, 250, 25_000));
    assertEquals(0.45241870901797976, second, 1e-16);
    assertEquals(second, schedule.at(Progress.at(499, 250, 25_000)));
  }

  /** ExponentialDecay of Keras 3.16 in float64 with decay_rate 0.5 over 30 steps. */
  @Example
  void itIsExponentialDecayOfKeras() {
    var schedule = new Exponential(0.1, Math.log(2) / 30, Unit.ITERATION);
    assertEquals(0.09771599684342461, schedule.at(Progress.at(1, 1, 250)), 1e-16);
    assertEquals(0.025, schedule.at(Progress.at(60, 1, 250)), 1e-16);
  }

  @Example
  void itEndsAtZeroAndNotInNan() {
    var schedule = new Exponential(0.5, Double.MAX_VALUE, Unit.ITERATION);
    assertEquals(0, schedule.at(Progress.at(9, 1, 10)));
  }
}
