package dev.anneal.schedulers;

import static dev.anneal.schedulers.Exact.DIGITS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.schedule.Boundary;
import dev.anneal.api.schedule.Duration;
import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.api.schedule.Unit;
import java.math.BigDecimal;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;

class CycleProperties {
  private static final Unit PER = Unit.ITERATION;

  private static double at(Schedule schedule, long t) {
    return schedule.at(Progress.at(t, 1, 1000));
  }

  private static Duration it(double amount) {
    return Duration.iterations(amount);
  }

  /** The triangle between 0 and 1, counted up and down. */
  private static BigDecimal triangle(int t, int up, int down) {
    int into = t % (up + down);
    return into <= up ? Exact.divide(into, up) : Exact.divide(up + down - into, down);
  }

  @Property
  void theFormulasHold(
      @ForAll @Scale(9) @DoubleRange(max = 1) double base,
      @ForAll @Scale(9) @DoubleRange(max = 1) double peak,
      @ForAll @IntRange(min = 1, max = 50) int up,
      @ForAll @IntRange(max = 50) int down,
      @ForAll @Scale(9) @DoubleRange(min = 0.5, max = 1) double gamma,
      @ForAll @IntRange(max = 1000) int t) {
    int fall = down == 0 ? up : down;
    BigDecimal height = triangle(t, up, fall);
    int cycle = t / (up + fall);
    double scale = Math.max(base, peak);
    Exact.assertClose(
        Exact.line(base, peak, height),
        at(new Triangular(base, peak, it(up), it(down), PER), t),
        3,
        scale);
    Exact.assertClose(
        Exact.line(base, peak, height.divide(BigDecimal.TWO.pow(cycle), DIGITS)),
        at(new Triangular2(base, peak, it(up), it(down), PER), t),
        3,
        scale);
    Exact.assertClose(
        Exact.line(base, peak, height.multiply(Exact.of(gamma).pow(t, DIGITS), DIGITS)),
        at(new ExpRange(base, peak, it(up), it(down), gamma, PER), t),
        4,
        scale);
  }

  @Property
  void theTurningPointsAreExact(
      @ForAll @Scale(9) @DoubleRange(max = 10) double base,
      @ForAll @Scale(9) @DoubleRange(max = 10) double peak,
      @ForAll @IntRange(min = 1, max = 1000) int up,
      @ForAll @IntRange(min = 1, max = 1000) int down,
      @ForAll @IntRange(max = 1000) int cycle) {
    long begin = (long) cycle * (up + down);
    var triangular = new Triangular(base, peak, it(up), it(down), PER);
    assertEquals(base, at(triangular, begin));
    assertEquals(peak, at(triangular, begin + up));
    var halving = new Triangular2(base, peak, it(up), it(down), PER);
    assertEquals(base, at(halving, begin));
    assertEquals(peak, at(halving, up));
    var shrinking = new ExpRangeBuilder(base, peak, it(up), PER).down(it(down)).gamma(0.9).build();
    assertEquals(base, at(shrinking, begin));
    assertEquals(
        at(triangular, begin + up),
        at(new ExpRangeBuilder(base, peak, it(up), PER).down(it(down)).build(), begin + up));
  }

  @Property
  void thePeaksOfAShrinkingRangeFall(
      @ForAll @IntRange(min = 1, max = 20) int up,
      @ForAll @Scale(9) @DoubleRange(min = 0.5, max = 0.999) double gamma) {
    var schedule = new ExpRangeBuilder(0.1, 1, it(up), PER).gamma(gamma).build();
    for (int cycle = 0; cycle < 5; cycle++) {
      double peak = at(schedule, 2L * up * cycle + up);
      double next = at(schedule, 2L * up * (cycle + 1) + up);
      assertTrue((next < peak && next >= 0.1) || peak == 0.1, peak + " then " + next);
    }
  }

  @Example
  void lengthsThatAreNotWholeTurnBetweenTicks() {
    var schedule = new TriangularBuilder(0, 1, it(1.5), PER).build();
    double[] expected = {0, 2 / 3.0, 2 / 3.0, 0, 2 / 3.0};
    for (int t = 0; t < expected.length; t++) {
      assertEquals(expected[t], at(schedule, t), 1e-15);
    }
  }

  @Example
  void perEpochTheCycleCountsEpochs() {
    var schedule = new TriangularBuilder(0, 1, Duration.epochs(2), Unit.EPOCH).build();
    assertEquals(0.5, schedule.at(Progress.at(19, 10, 100)));
    assertEquals(1, schedule.at(Progress.at(20, 10, 100)));
  }

  @Example
  void theTurningPointsAreListed() {
    assertEquals(
        List.of(
            Boundary.bend(3, "peak 1"),
            Boundary.bend(5, "cycle 2"),
            Boundary.bend(8, "peak 2"),
            Boundary.bend(10, "cycle 3"),
            Boundary.bend(13, "peak 3")),
        new Triangular(0, 1, it(3), it(2), PER).boundaries(Progress.at(0, 1, 12)));
  }
}
