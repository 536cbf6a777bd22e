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
import java.util.List;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;

class CosineProperties {
  @Property(edgeCases = EdgeCasesMode.NONE)
  void theFormulaHoldsToAnUlp(
      @ForAll @Scale(12) @DoubleRange(max = 10) double initial,
      @ForAll @Scale(12) @DoubleRange(max = 10) double floor,
      @ForAll @Scale(12) @DoubleRange(min = 1, max = 10_000) double n,
      @ForAll @IntRange(max = 11_000) int t) {
    double value = cosine(initial, floor, n, 1, 1, Cosine.After.HOLD).at(iteration(t));
    BigDecimal weight = Exact.halfCosine(Exact.divide(Math.min(t, n), n));
    Exact.assertClose(Exact.blend(initial, floor, weight), value, 1);
  }

  /** Where the sum of two numbers is a number and a step of the way to it is not. */
  @Property(edgeCases = EdgeCasesMode.NONE)
  void fromTheLargestNumberItStaysWithin(
      @ForAll @Scale(12) @DoubleRange(max = 1) double share,
      @ForAll @IntRange(min = 2, max = 10_000) int n,
      @ForAll @IntRange(max = 10_000) int t) {
    double floor = share * Double.MAX_VALUE;
    double value = cosine(Double.MAX_VALUE, floor, n, 1, 1, Cosine.After.HOLD).at(iteration(t % n));
    assertTrue(value >= floor && value <= Double.MAX_VALUE, () -> value + " is not in bounds");
  }

  /** Where 1 + cos and 1 - cos cancel. */
  @Property
  void theFormulaHoldsToAnUlpNextToTheEnds(
      @ForAll @Scale(12) @DoubleRange(max = 10) double initial,
      @ForAll @Scale(12) @DoubleRange(max = 10) double floor,
      @ForAll @IntRange(min = 3, max = 1_000_000_000) int n,
      @ForAll @IntRange(min = 1, max = 3) int around) {
    for (int t : new int[] {around, n - around}) {
      double value = cosine(initial, floor, n, 1, 1, Cosine.After.HOLD).at(iteration(t));
      BigDecimal weight = Exact.halfCosine(Exact.divide(t, n));
      Exact.assertClose(Exact.blend(initial, floor, weight), value, 1);
    }
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void powersOfTheCosineHoldToAnUlp(
      @ForAll @Scale(12) @DoubleRange(max = 10) double initial,
      @ForAll @Scale(12) @DoubleRange(max = 10) double floor,
      @ForAll @Scale(12) @DoubleRange(min = 0.1, max = 20) double exponent,
      @ForAll @IntRange(min = 2, max = 10_000) int n,
      @ForAll @IntRange(max = 10_000) int t) {
    double value = cosine(initial, floor, n, exponent, 1, Cosine.After.HOLD).at(iteration(t % n));
    BigDecimal weight = Exact.pow(Exact.halfCosine(Exact.divide(t % n, n)), exponent);
    Exact.assertClose(Exact.blend(initial, floor, weight), value, 1);
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void powersOfTheTimeHoldToTheDocumentedBound(
      @ForAll @Scale(12) @DoubleRange(max = 10) double initial,
      @ForAll @Scale(12) @DoubleRange(max = 10) double floor,
      @ForAll @Scale(12) @DoubleRange(min = 0.1, max = 5) double exponent,
      @ForAll @Scale(12) @DoubleRange(min = 0.1, max = 5) double k,
      @ForAll @IntRange(min = 2, max = 10_000) int n,
      @ForAll @IntRange(max = 10_000) int t) {
    double value = cosine(initial, floor, n, exponent, k, Cosine.After.HOLD).at(iteration(t % n));
    BigDecimal x = Exact.pow(Exact.divide(t % n, n), k);
    BigDecimal weight = Exact.pow(Exact.halfCosine(x), exponent);
    Exact.assertClose(Exact.blend(initial, floor, weight), value, 3 + 2 * exponent);
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void afterItsEndItRisesToAnUlp(
      @ForAll @Scale(12) @DoubleRange(max = 10) double initial,
      @ForAll @Scale(12) @DoubleRange(max = 10) double floor,
      @ForAll @Scale(12) @DoubleRange(min = 1, max = 100) double n,
      @ForAll @IntRange(max = 1000) int t) {
    double value = cosine(initial, floor, n, 1, 1, Cosine.After.RISE).at(iteration(t));
    BigDecimal way = BigDecimal.valueOf(t).remainder(Exact.of(2 * n));
    BigDecimal back = Exact.of(2 * n).subtract(way).min(way);
    BigDecimal weight = Exact.halfCosine(back.divide(Exact.of(n), DIGITS));
    Exact.assertClose(Exact.blend(initial, floor, weight), value, 1);
  }

  @Property
  void theEndsAreExact(
      @ForAll @Scale(12) @DoubleRange(max = 10) double initial,
      @ForAll @Scale(12) @DoubleRange(max = 10) double floor,
      @ForAll @IntRange(min = 1, max = 1000) int n,
      @ForAll Cosine.After after,
      @ForAll @Scale(12) @DoubleRange(min = 0.1, max = 5) double k) {
    var schedule = cosine(initial, floor, n, 1, k, after);
    assertEquals(initial, schedule.at(iteration(0)));
    assertEquals(floor, schedule.at(iteration(n)));
    boolean rises = after == Cosine.After.RISE;
    assertEquals(rises ? initial : floor, schedule.at(iteration(2 * n)));
    assertEquals(floor, schedule.at(iteration(3 * n)));
    if (k == 1) {
      assertEquals(rises ? schedule.at(iteration(n - 1)) : floor, schedule.at(iteration(n + 1)));
    }
  }

  @Example
  void aFractionalFloorIsOneOfTheFirstValue() {
    var schedule =
        new CosineBuilder(0.5, Unit.EPOCH)
            .floor(0.1)
            .floorIs(Relative.FRACTION)
            .over(Duration.epochs(10))
            .build();
    assertEquals(0.05, schedule.at(Progress.at(30, 3, 30)));
    assertEquals(0.275, schedule.at(Progress.at(15, 3, 30)));
  }

  @Example
  void overNothingItIsAtItsFloor() {
    for (Cosine.After after : Cosine.After.values()) {
      assertEquals(0.2, cosine(1, 0.2, 0, 1, 1, after).at(iteration(0)));
      assertEquals(0.2, cosine(1, 0.2, 0, 1, 1, after).at(iteration(7)));
    }
  }

  @Example
  void itsTurnsAreDeclared() {
    Progress run = Progress.at(0, 10, 25);
    assertEquals(
        List.of(Boundary.end(10)), cosine(1, 0, 10, 1, 1, Cosine.After.HOLD).boundaries(run));
    assertEquals(
        List.of(Boundary.bend(10, "rise"), Boundary.bend(20, "fall")),
        cosine(1, 0, 10, 1, 1, Cosine.After.RISE).boundaries(run));
    assertEquals(
        List.of(Boundary.end(0)), cosine(1, 0, 0, 1, 1, Cosine.After.RISE).boundaries(run));
  }

  private static Cosine cosine(
      double initial, double floor, double n, double exponent, double k, Cosine.After after) {
    return new CosineBuilder(initial, Unit.ITERATION)
        .floor(floor)
        .over(Duration.iterations(n))
        .exponent(exponent)
        .kDecay(k)
        .after(after)
        .build();
  }

  private static Progress iteration(int t) {
    return Progress.at(t, 1, 20_000);
  }
}
