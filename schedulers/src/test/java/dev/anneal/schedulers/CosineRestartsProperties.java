package dev.anneal.schedulers;

import static dev.anneal.schedulers.Exact.DIGITS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.schedule.Boundary;
import dev.anneal.api.schedule.Duration;
import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Relative;
import dev.anneal.api.schedule.Unit;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;

class CosineRestartsProperties {
  /** Periods and their starts in whole numbers, as a reader of the paper would count them. */
  @Property(edgeCases = EdgeCasesMode.NONE)
  void theFormulaHoldsToAnUlp(
      @ForAll @Scale(12) @DoubleRange(max = 10) double initial,
      @ForAll @Scale(12) @DoubleRange(max = 10) double floor,
      @ForAll @IntRange(min = 1, max = 100) int period,
      @ForAll @IntRange(min = 1, max = 10) int multiplier,
      @ForAll @IntRange(max = 100_000) int t) {
    long start = 0;
    long length = period;
    while (t >= start + length) {
      start += length;
      length *= multiplier;
    }
    BigDecimal weight = Exact.halfCosine(Exact.divide(t - start, length));
    double value = restarts(initial, floor, period, multiplier, 1, 0).at(iteration(t));
    Exact.assertClose(Exact.blend(initial, floor, weight), value, 1);
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void heightsAndPowersOfTheTimeHoldToTheDocumentedBound(
      @ForAll @Scale(12) @DoubleRange(max = 10) double initial,
      @ForAll @Scale(12) @DoubleRange(max = 10) double floor,
      @ForAll @Scale(12) @DoubleRange(min = 0.1, max = 1.1) double height,
      @ForAll CosineRestarts.Multiplies multiplies,
      @ForAll @Scale(12) @DoubleRange(min = 0.1, max = 5) double k,
      @ForAll @IntRange(min = 1, max = 100) int period,
      @ForAll @IntRange(max = 2_000) int t) {
    int restart = t / period;
    boolean above = multiplies == CosineRestarts.Multiplies.HEIGHT;
    BigDecimal factor = Exact.of(height).pow(restart, DIGITS);
    double peak = Math.max(0, Exact.blend(initial, above ? floor : 0, factor).doubleValue());
    BigDecimal x = Exact.pow(Exact.divide(t % period, period), k);
    BigDecimal weight = Exact.halfCosine(x);
    var schedule =
        new CosineRestartsBuilder(initial, Duration.iterations(period), Unit.ITERATION)
            .floor(floor)
            .heightMultiplier(height)
            .multiplies(multiplies)
            .kDecay(k)
            .build();
    double value = schedule.at(iteration(t));
    // The peak as a double may be rounded either way.
    assertTrue(
        DoubleStream.of(peak, Math.nextUp(peak), Math.nextDown(peak))
            .anyMatch(top -> Exact.isClose(Exact.blend(top, floor, weight), value, 3)),
        () -> value + " is not " + Exact.blend(peak, floor, weight).doubleValue());
  }

  /** The boundaries at which implementations by logarithm fail. */
  @Property
  void everyRestartIsOnItsTick(
      @ForAll @IntRange(min = 1, max = 1000) int period,
      @ForAll @IntRange(min = 2, max = 10) int multiplier) {
    var schedule = restarts(1, 0, period, multiplier, 1, 0);
    List<Boundary> expected = new ArrayList<>();
    long total = 1_000_000_000_000L;
    long length = period;
    for (long start = period; start <= total; start += length) {
      expected.add(Boundary.jump(start, "restart " + (expected.size() + 1)));
      double before = schedule.at(Progress.at(start - 1, 1, total));
      assertTrue(before < 1 || length == 1, () -> "" + before);
      length *= multiplier;
      assertEquals(1, schedule.at(Progress.at(start, 1, total)));
      assertTrue(schedule.at(Progress.at(start + length / 2, 1, total)) < 0.8);
    }
    assertEquals(expected, schedule.boundaries(Progress.at(0, 1, total)));
  }

  @Example
  void theRestartThatPyTorchMisses() {
    assertEquals(0.1, restarts(0.1, 0, 10, 3, 1, 0).at(iteration(1210)));
    assertEquals(0.1, restarts(0.1, 0, 10, 10, 1, 0).at(iteration(1110)));
    assertEquals(0.1, restarts(0.1, 0, 10, 10, 1, 0).at(iteration(1_111_110)));
  }

  @Example
  void periodsMayShrinkToOneTick() {
    var schedule = restarts(1, 0, 8, 0.5, 1, 0);
    List<Integer> restarts = new ArrayList<>();
    for (int t = 0; t < 18; t++) {
      if (schedule.at(iteration(t)) == 1) {
        restarts.add(t);
      }
    }
    assertEquals(List.of(0, 8, 12, 14, 15, 16, 17), restarts);
    assertEquals(
        List.of(8L, 12L, 14L, 15L, 16L, 17L, 18L),
        schedule.boundaries(Progress.at(0, 1, 18)).stream().map(Boundary::iteration).toList());
  }

  @Example
  void shrinkingPeriodsCountTheirRestarts() {
    var schedule = restarts(1, 0, 4, 0.5, 0.5, 0);
    double[] peaks = {1, 0.5, 0.25, 0.125, 0.0625};
    int[] at = {0, 4, 6, 7, 8};
    for (int i = 0; i < at.length; i++) {
      assertEquals(peaks[i], schedule.at(iteration(at[i])));
    }
  }

  @Example
  void decimalPeriodsFallOnTheirTicks() {
    assertEquals(1, restarts(1, 0, 3.1, 1, 1, 0).at(iteration(31)));
    var schedule = restarts(1, 0, 100, 1.1, 1, 0);
    assertEquals(1, schedule.at(iteration(210)));
    assertEquals(1, schedule.at(iteration(331)));
  }

  @Example
  void afterTheLastCycleItStaysAtTheFloor() {
    var schedule = restarts(1, 0.25, 10, 2, 0.5, 3);
    assertTrue(schedule.at(iteration(69)) > 0.25);
    assertEquals(0.25, schedule.at(iteration(70)));
    assertEquals(0.25, schedule.at(iteration(1000)));
    assertEquals(
        List.of(Boundary.jump(10, "restart 1"), Boundary.jump(30, "restart 2"), Boundary.end(70)),
        schedule.boundaries(Progress.at(0, 1, 50)));
    var equal = restarts(1, 0.25, 10, 1, 1, 3);
    assertEquals(1, equal.at(iteration(20)));
    assertEquals(0.25, equal.at(iteration(30)));
  }

  @Example
  void theFloorIsAFractionOfTheFirstValueAndTheHeightIsAboveIt() {
    var schedule =
        new CosineRestartsBuilder(2, Duration.epochs(10), Unit.EPOCH)
            .floor(0.5)
            .floorIs(Relative.FRACTION)
            .heightMultiplier(0.5)
            .cycles(2)
            .build();
    assertEquals(1.5, schedule.at(Progress.at(30, 3, 90)));
    assertEquals(1, schedule.at(Progress.at(60, 3, 90)));
  }

  @Example
  void itIsNeverBelowZero() {
    assertEquals(0, restarts(1, 3, 10, 1, 2, 0).at(iteration(10)));
    assertEquals(0, restarts(1, 3, 10, 1, 2, 0).at(iteration(100_000)));
  }

  private static CosineRestarts restarts(
      double initial, double floor, double period, double multiplier, double height, long cycles) {
    return new CosineRestartsBuilder(initial, Duration.iterations(period), Unit.ITERATION)
        .floor(floor)
        .periodMultiplier(multiplier)
        .heightMultiplier(height)
        .cycles(cycles)
        .build();
  }

  private static Progress iteration(int t) {
    return Progress.at(t, 1, 20_000);
  }
}
