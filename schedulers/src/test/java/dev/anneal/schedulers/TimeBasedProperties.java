package dev.anneal.schedulers;

import static dev.anneal.schedulers.Exact.DIGITS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Unit;
import dev.anneal.schedulers.TimeBased.Form;
import java.math.BigDecimal;
import java.time.Duration;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;

class TimeBasedProperties {
  @Property
  void theClosedFormHolds(
      @ForAll @Scale(12) @DoubleRange(max = 10) double initial,
      @ForAll @Scale(12) @DoubleRange(max = 10) double decay,
      @ForAll @IntRange(max = Integer.MAX_VALUE) int t) {
    double value = new TimeBased(initial, decay, Form.CLOSED, Unit.ITERATION).at(iteration(t));
    // Three roundings.
    Exact.assertNear(Exact.of(initial).divide(divisor(decay, t), DIGITS), value, 1.5);
  }

  @Property
  void theRecursiveFormHolds(
      @ForAll @Scale(12) @DoubleRange(max = 10) double initial,
      @ForAll @Scale(12) @DoubleRange(max = 1) double decay,
      @ForAll @IntRange(max = 200) int t) {
    double value = new TimeBased(initial, decay, Form.RECURSIVE, Unit.ITERATION).at(iteration(t));
    BigDecimal exact = Exact.of(initial);
    for (int k = 1; k <= t; k++) {
      exact = exact.divide(divisor(decay, k), DIGITS);
    }
    if (exact.doubleValue() >= Double.MIN_NORMAL) {
      // Three roundings at each tick but the first.
      Exact.assertNear(exact, value, 1.5 * t);
    } else {
      assertEquals(exact.doubleValue(), value, Double.MIN_NORMAL);
    }
  }

  @Property
  void theRecursiveFormHasTheBitsOfTheCallback(
      @ForAll @Scale(12) @DoubleRange(max = 10) double initial,
      @ForAll @Scale(12) @DoubleRange(max = 1) double decay,
      @ForAll @IntRange(min = 1, max = 50) int perEpoch) {
    var schedule = new TimeBased(initial, decay, Form.RECURSIVE, Unit.EPOCH);
    double lr = initial;
    for (int epoch = 0; epoch < 100; epoch++) {
      lr = lr / (1 + decay * epoch);
      assertEquals(
          lr, schedule.at(Progress.at((long) epoch * perEpoch, perEpoch, 100L * perEpoch)));
    }
  }

  @Property
  void bothStartAtTheInitialValue(
      @ForAll @Scale(12) @DoubleRange(max = 1e300) double initial,
      @ForAll @Scale(12) @DoubleRange(max = 1e300) double decay,
      @ForAll Form form,
      @ForAll Unit per) {
    assertEquals(initial, new TimeBased(initial, decay, form, per).at(iteration(0)));
  }

  /** The trap of legacy Keras: {@code decay} counts batches, so 250 of them leave 0.1 / 3.5. */
  @Example
  void perIterationOneEpochOf250LeavesLittle() {
    Progress afterOneEpoch = Progress.at(250, 250, 25_000);
    double perIteration = new TimeBased(0.1, 0.01, Form.CLOSED, Unit.ITERATION).at(afterOneEpoch);
    double perEpoch = new TimeBased(0.1, 0.01, Form.CLOSED, Unit.EPOCH).at(afterOneEpoch);
    assertEquals(0.1 / 3.5, perIteration, 1e-17);
    assertEquals(0.0286, perIteration, 5e-5);
    assertEquals(0.0990, perEpoch, 5e-5);
  }

  @Example
  void theRecursiveFigures() {
    var schedule = new TimeBased(0.1, 0.001, Form.RECURSIVE, Unit.EPOCH);
    double[] published = {0.1, 0.0999000999, 0.0997006985, 0.09940249103, 0.09900646517};
    for (int epoch = 0; epoch < published.length; epoch++) {
      assertEquals(published[epoch], schedule.at(Progress.at(epoch * 10L, 10, 1000)), 5e-11);
    }
  }

  /**
   * InverseTimeDecay of Keras 3.16 in float64 with decay_rate 0.5 over 20 steps is a decay of 0.025
   * per step.
   */
  @Example
  void itIsInverseTimeDecayOfKeras() {
    var schedule = new TimeBased(0.1, 0.025, Form.CLOSED, Unit.ITERATION);
    assertEquals(0.09756097560975611, schedule.at(iteration(1)), 1e-16);
    assertEquals(0.05, schedule.at(iteration(40)), 1e-16);
  }

  @Example
  void itEndsAtZeroAndNotInNan() {
    for (Form form : Form.values()) {
      assertEquals(0, new TimeBased(0.1, Double.MAX_VALUE, form, Unit.ITERATION).at(iteration(9)));
      assertEquals(0, new TimeBased(0, 0.1, form, Unit.ITERATION).at(iteration(9)));
    }
  }

  @Example
  void aLongRunCostsLittleOnceTheValueIsZero() {
    var falling = new TimeBased(0.1, 0.5, Form.RECURSIVE, Unit.ITERATION);
    var still = new TimeBased(0.1, 0, Form.RECURSIVE, Unit.ITERATION);
    Progress late = Progress.at(Long.MAX_VALUE / 2, 1, Long.MAX_VALUE);
    assertTimeout(
        Duration.ofSeconds(5),
        () -> {
          assertEquals(0, falling.at(late));
          assertEquals(0.1, still.at(late));
        });
  }

  private static Progress iteration(int t) {
    return Progress.at(t, 1, 1000);
  }

  private static BigDecimal divisor(double decay, int t) {
    return Exact.of(decay).multiply(BigDecimal.valueOf(t)).add(BigDecimal.ONE);
  }
}
