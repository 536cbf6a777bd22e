package dev.anneal.schedulers;

import static dev.anneal.schedulers.Exact.DIGITS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.schedule.Boundary;
import dev.anneal.api.schedule.Duration;
import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Unit;
import java.math.BigDecimal;
import java.util.List;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;

class PolynomialProperties {
  @Property(edgeCases = EdgeCasesMode.NONE)
  void theFormulaHoldsAtEveryIteration(
      @ForAll @Scale(12) @DoubleRange(max = 10) double initial,
      @ForAll @Scale(12) @DoubleRange(max = 10) double end,
      @ForAll @Scale(12) @DoubleRange(min = 0.1, max = 5) double power,
      @ForAll @Scale(12) @DoubleRange(min = 1, max = 10_000) double n,
      @ForAll @IntRange(max = 11_000) int t) {
    double value =
        perIteration(initial, end, power, Duration.iterations(n)).at(Progress.at(t, 100, 20_000));
    BigDecimal left = Exact.of(n).subtract(BigDecimal.valueOf(t)).max(BigDecimal.ZERO);
    BigDecimal weight = Exact.pow(left.divide(Exact.of(n), DIGITS), power);
    Exact.assertClose(Exact.blend(initial, end, weight), value, 1);
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void powersOfTheTimeHoldToTheDocumentedBound(
      @ForAll @Scale(12) @DoubleRange(max = 10) double initial,
      @ForAll @Scale(12) @DoubleRange(max = 10) double end,
      @ForAll @Scale(12) @DoubleRange(min = 0.1, max = 5) double power,
      @ForAll @Scale(12) @DoubleRange(min = 0.1, max = 5) double k,
      @ForAll @IntRange(min = 1, max = 10_000) int n,
      @ForAll @IntRange(max = 10_000) int t) {
    Duration over = Duration.iterations(n);
    double value =
        new PolynomialBuilder(initial, Unit.ITERATION)
            .end(end)
            .power(power)
            .over(over)
            .kDecay(k)
            .build()
            .at(Progress.at(t % n, 1, 20_000));
    BigDecimal left = BigDecimal.ONE.subtract(Exact.pow(Exact.divide(t % n, n), k), DIGITS);
    Exact.assertClose(Exact.blend(initial, end, Exact.pow(left, power)), value, 2 + power);
    double line =
        new PolynomialBuilder(initial, Unit.ITERATION)
            .end(end)
            .over(over)
            .kDecay(k)
            .build()
            .at(Progress.at(t % n, 1, 20_000));
    Exact.assertClose(Exact.blend(initial, end, left), line, 1);
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void cyclesHoldToAnUlpAndJumpWhereDeclared(
      @ForAll @Scale(12) @DoubleRange(max = 10) double initial,
      @ForAll @Scale(12) @DoubleRange(max = 10) double end,
      @ForAll @Scale(12) @DoubleRange(min = 0.1, max = 5) double power,
      @ForAll @IntRange(min = 1, max = 100) int n,
      @ForAll @IntRange(max = 1000) int t) {
    var schedule =
        new PolynomialBuilder(initial, Unit.ITERATION)
            .end(end)
            .power(power)
            .over(Duration.iterations(n))
            .cycle(true)
            .build();
    int grown = Math.max(1, Math.ceilDiv(t, n)) * n;
    BigDecimal left = Exact.divide(grown - t, grown);
    double value = schedule.at(Progress.at(t, 1, 1000));
    Exact.assertClose(Exact.blend(initial, end, Exact.pow(left, power)), value, 1);
    if (t > 0 && t % n == 0) {
      assertEquals(end, value);
    }
    var jumps = schedule.boundaries(Progress.at(0, 1, 1000));
    assertEquals(999 / n, jumps.size());
    for (int i = 0; i < jumps.size(); i++) {
      assertEquals(Boundary.jump((i + 1L) * n + 1, "cycle " + (i + 2)), jumps.get(i));
    }
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void theEndsAreExact(
      @ForAll @Scale(12) @DoubleRange(max = 10) double initial,
      @ForAll @Scale(12) @DoubleRange(max = 10) double end,
      @ForAll @Scale(12) @DoubleRange(min = 0.1, max = 5) double power,
      @ForAll @IntRange(min = 1, max = 1000) int epochs,
      @ForAll @IntRange(min = 1, max = 1000) int perEpoch,
      @ForAll @IntRange(max = 1000) int beyond,
      @ForAll Unit per) {
    var schedule = new PolynomialBuilder(initial, per).end(end).power(power).build();
    long total = (long) epochs * perEpoch;
    assertEquals(initial, schedule.at(Progress.at(0, perEpoch, total)));
    assertEquals(end, schedule.at(Progress.at(total, perEpoch, total)));
    assertEquals(end, schedule.at(Progress.at(total + beyond, perEpoch, total)));
    double before = schedule.at(Progress.at(total - 1, perEpoch, total));
    assertTrue(before >= Math.min(initial, end) && before <= Math.max(initial, end));
  }

  @Property
  void itNeverTurnsRound(
      @ForAll @Scale(12) @DoubleRange(max = 10) double initial,
      @ForAll @Scale(12) @DoubleRange(max = 10) double end,
      @ForAll @Scale(12) @DoubleRange(min = 0.1, max = 5) double power,
      @ForAll @IntRange(max = 999) int t) {
    var schedule = perIteration(initial, end, power, Duration.percent(100));
    double here = schedule.at(Progress.at(t, 10, 1000));
    double next = schedule.at(Progress.at(t + 1, 10, 1000));
    assertTrue(initial < end ? next >= here : next <= here);
  }

  @Example
  void overNothingItIsAtItsEndFromTheStart() {
    assertEquals(0.2, perIteration(0.1, 0.2, 1, Duration.percent(0)).at(Progress.at(0, 10, 100)));
    var cycle =
        new PolynomialBuilder(0.1, Unit.ITERATION)
            .end(0.2)
            .power(2)
            .over(Duration.percent(0))
            .cycle(true)
            .kDecay(3)
            .build();
    assertEquals(0.2, cycle.at(Progress.at(0, 10, 100)));
    assertEquals(0.2, cycle.at(Progress.at(7, 10, 100)));
    assertEquals(List.of(), cycle.boundaries(Progress.at(0, 10, 100)));
  }

  @Example
  void perEpochItIsAStaircase() {
    var schedule = new PolynomialBuilder(1, Unit.EPOCH).over(Duration.epochs(4)).build();
    assertEquals(1, schedule.at(Progress.at(249, 250, 25_000)));
    assertEquals(0.75, schedule.at(Progress.at(250, 250, 25_000)));
    assertEquals(0.25, schedule.at(Progress.at(999, 250, 25_000)));
    assertEquals(0, schedule.at(Progress.at(1000, 250, 25_000)));
  }

  /** PolynomialDecay of Keras 3.16 in float64: 0.1 to 0.001 over 60 steps. */
  @Example
  void itIsPolynomialDecayOfKeras() {
    var schedule = perIteration(0.1, 0.001, 1, Duration.iterations(60));
    assertEquals(0.09835, schedule.at(Progress.at(1, 1, 250)), 1e-16);
    assertEquals(0.0505, schedule.at(Progress.at(30, 1, 250)), 1e-16);
    assertEquals(0.002650000000000005, schedule.at(Progress.at(59, 1, 250)), 1e-16);
    assertEquals(0.001, schedule.at(Progress.at(60, 1, 250)));
  }

  private static Polynomial perIteration(double initial, double end, double power, Duration over) {
    return new PolynomialBuilder(initial, Unit.ITERATION).end(end).power(power).over(over).build();
  }
}
