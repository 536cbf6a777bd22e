package dev.anneal.schedulers;

import static dev.anneal.schedulers.Exact.DIGITS;
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

class RexProperties {
  @Property(edgeCases = EdgeCasesMode.NONE)
  void theFormulaHoldsToAnUlp(
      @ForAll @Scale(12) @DoubleRange(max = 10) double initial,
      @ForAll @Scale(12) @DoubleRange(max = 10) double end,
      @ForAll @Scale(12) @DoubleRange(min = 1, max = 10_000) double n,
      @ForAll @IntRange(max = 11_000) int t) {
    double value =
        new Rex(initial, end, Duration.iterations(n), Unit.ITERATION).at(Progress.at(t, 1, 20_000));
    BigDecimal p = Exact.divide(Math.min(t, n), n);
    BigDecimal weight =
        BigDecimal.ONE
            .subtract(p)
            .divide(BigDecimal.ONE.subtract(p.divide(BigDecimal.TWO, DIGITS)), DIGITS);
    Exact.assertClose(Exact.blend(initial, end, weight), value, 1);
  }

  @Property
  void theEndsAreExact(
      @ForAll @Scale(12) @DoubleRange(max = 10) double initial,
      @ForAll @Scale(12) @DoubleRange(max = 10) double end,
      @ForAll @IntRange(max = 1000) int n) {
    var schedule = new Rex(initial, end, Duration.iterations(n), Unit.ITERATION);
    assertEquals(n == 0 ? end : initial, schedule.at(Progress.at(0, 10, 1000)));
    assertEquals(end, schedule.at(Progress.at(n, 10, 1000)));
    assertEquals(end, schedule.at(Progress.at(n + 1L, 10, 1000)));
    assertEquals(List.of(Boundary.end(n)), schedule.boundaries(Progress.at(0, 10, 1000)));
  }

  @Example
  void halfWayTwoThirdsAreLeft() {
    var schedule = new Rex(3, 0, Duration.percent(100), Unit.ITERATION);
    assertEquals(2, schedule.at(Progress.at(50, 10, 100)));
  }
}
