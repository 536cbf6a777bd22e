package dev.anneal.schedulers;

import static org.junit.jupiter.api.Assertions.assertEquals;

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

class LinearProperties {
  @Property(edgeCases = EdgeCasesMode.NONE)
  void theFormulaHoldsToAnUlp(
      @ForAll @Scale(12) @DoubleRange(max = 10) double initial,
      @ForAll @Scale(12) @DoubleRange(max = 10) double end,
      @ForAll @Scale(12) @DoubleRange(min = 1, max = 10_000) double n,
      @ForAll @IntRange(max = 11_000) int t) {
    double value = linear(initial, end, Duration.iterations(n)).at(iteration(t));
    BigDecimal left = BigDecimal.ONE.subtract(Exact.divide(Math.min(t, n), n));
    Exact.assertClose(Exact.blend(initial, end, left), value, 1);
  }

  /** Where 1 - t / n and differences from the first value cancel. */
  @Property
  void theFormulaHoldsToAnUlpNextToTheEnds(
      @ForAll @Scale(12) @DoubleRange(max = 10) double initial,
      @ForAll @Scale(12) @DoubleRange(max = 10) double end,
      @ForAll @IntRange(min = 2, max = 1_000_000_000) int n,
      @ForAll @IntRange(min = 1, max = 3) int around) {
    for (int t : new int[] {Math.min(around, n), Math.max(0, n - around)}) {
      double value = linear(initial, end, Duration.percent(100)).at(Progress.at(t, 1, n));
      BigDecimal left = BigDecimal.ONE.subtract(Exact.divide(t, n));
      Exact.assertClose(Exact.blend(initial, end, left), value, 1);
    }
  }

  @Property
  void itHasTheBitsOfAPolynomialOfPowerOne(
      @ForAll @Scale(12) @DoubleRange(max = 10) double initial,
      @ForAll @Scale(12) @DoubleRange(max = 10) double end,
      @ForAll @Scale(12) @DoubleRange(max = 1000) double n,
      @ForAll @IntRange(max = 1100) int t,
      @ForAll Unit per) {
    Duration over = Duration.iterations(n);
    assertEquals(
        new PolynomialBuilder(initial, per).end(end).over(over).build().at(iteration(t)),
        new Linear(initial, end, over, per).at(iteration(t)));
  }

  @Property
  void theEndsAreExact(
      @ForAll @Scale(12) @DoubleRange(max = 10) double initial,
      @ForAll @Scale(12) @DoubleRange(max = 10) double end,
      @ForAll @IntRange(min = 1, max = 1000) int epochs,
      @ForAll @IntRange(min = 1, max = 1000) int perEpoch,
      @ForAll @IntRange(max = 1000) int beyond,
      @ForAll Unit per) {
    var schedule = new Linear(initial, end, Duration.percent(100), per);
    long total = (long) epochs * perEpoch;
    assertEquals(initial, schedule.at(Progress.at(0, perEpoch, total)));
    assertEquals(end, schedule.at(Progress.at(total, perEpoch, total)));
    assertEquals(end, schedule.at(Progress.at(total + beyond, perEpoch, total)));
    assertEquals(
        List.of(Boundary.end(total)), schedule.boundaries(Progress.at(3, perEpoch, total)));
  }

  @Example
  void overNothingItIsAtItsEndFromTheStart() {
    assertEquals(0.2, linear(0.1, 0.2, Duration.percent(0)).at(iteration(0)));
  }

  private static Linear linear(double initial, double end, Duration over) {
    return new Linear(initial, end, over, Unit.ITERATION);
  }

  private static Progress iteration(int t) {
    return Progress.at(t, 1, 20_000);
  }
}
