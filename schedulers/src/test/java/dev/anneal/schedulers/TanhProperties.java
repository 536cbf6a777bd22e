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

class TanhProperties {
  @Property(edgeCases = EdgeCasesMode.NONE)
  void theFormulaHoldsToAnUlp(
      @ForAll @Scale(12) @DoubleRange(max = 10) double initial,
      @ForAll @Scale(12) @DoubleRange(max = 10) double end,
      @ForAll @Scale(12) @DoubleRange(min = -20, max = 20) double lower,
      @ForAll @Scale(12) @DoubleRange(min = -20, max = 20) double upper,
      @ForAll @Scale(12) @DoubleRange(min = 1, max = 1000) double n,
      @ForAll @IntRange(min = 1, max = 999) int t) {
    if (t < n) {
      double value =
          new TanhBuilder(initial, Unit.ITERATION)
              .end(end)
              .over(Duration.iterations(n))
              .lower(lower)
              .upper(upper)
              .build()
              .at(Progress.at(t, 1, 2000));
      BigDecimal z = Exact.blend(upper, lower, Exact.divide(t, n));
      Exact.assertClose(Exact.blend(initial, end, Exact.halfTanh(z)), value, 1);
    }
  }

  @Property
  void theEndsAreExact(
      @ForAll @Scale(12) @DoubleRange(max = 10) double initial,
      @ForAll @Scale(12) @DoubleRange(max = 10) double end,
      @ForAll @IntRange(max = 1000) int n) {
    var schedule =
        new TanhBuilder(initial, Unit.ITERATION)
            .end(end)
            .over(Duration.iterations(n))
            .lower(-7)
            .upper(3)
            .build();
    assertEquals(n == 0 ? end : initial, schedule.at(Progress.at(0, 10, 1000)));
    assertEquals(end, schedule.at(Progress.at(n, 10, 1000)));
    assertEquals(end, schedule.at(Progress.at(n + 1L, 10, 1000)));
  }

  @Example
  void itJumpsToItsEnd() {
    var schedule = new TanhBuilder(1, Unit.ITERATION).lower(-7).upper(3).build();
    assertEquals(
        List.of(new Boundary(1_000_000, "end", Boundary.Kind.END, true)),
        schedule.boundaries(Progress.at(0, 10, 1_000_000)));
    assertEquals(0.00247, schedule.at(Progress.at(999_999, 10, 1_000_000)), 1e-5);
    assertEquals(1 - 8.3e-7, schedule.at(Progress.at(1, 10, 1_000_000)), 1e-8);
  }
}
