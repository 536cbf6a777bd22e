package dev.anneal.schedulers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.Framework;
import dev.anneal.api.InputException;
import dev.anneal.api.schedule.Boundary;
import dev.anneal.api.schedule.Curve;
import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.api.schedule.Unit;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;

class OneCycleProperties {
  private static final Unit PER = Unit.ITERATION;

  private static OneCycle cycle(double pct, int phases, Curve curve, Framework dialect) {
    return new OneCycleBuilder(0.1, PER)
        .pctStart(pct)
        .div(25)
        .finalDiv(1e4)
        .phases(phases)
        .pctFinal(0.85)
        .curve(curve)
        .dialect(dialect)
        .build();
  }

  private static double at(Schedule schedule, long t, long total) {
    return schedule.at(Progress.at(t, 1, total));
  }

  /** The list of phases that PyTorch walks through, its ends as it computes them. */
  private static double torch(
      double pct, int phases, boolean cosine, double[] points, int total, int step) {
    double[] ends =
        phases == 3
            ? new double[] {pct * total - 1, 2 * pct * total - 2, total - 1}
            : new double[] {pct * total - 1, total - 1};
    double start = 0;
    for (int i = 0; i < ends.length; i++) {
      if (step <= ends[i] || i == ends.length - 1) {
        double part = (step - start) / (ends[i] - start);
        return cosine
            ? points[i + 1] + (points[i] - points[i + 1]) / 2.0 * (1 + Math.cos(Math.PI * part))
            : (points[i + 1] - points[i]) * part + points[i];
      }
      start = ends[i];
    }
    throw new AssertionError();
  }

  @Property
  void itIsThatOfPyTorch(
      @ForAll @Scale(9) @DoubleRange(min = 0.01, max = 0.99) double pct,
      @ForAll boolean cosine,
      @ForAll boolean three,
      @ForAll @IntRange(min = 2, max = 300) int total) {
    int phases = three ? 3 : 2;
    Curve curve = cosine ? Curve.COSINE : Curve.LINEAR;
    var rate = cycle(pct, phases, curve, Framework.TORCH);
    var momentum =
        new OneCycleMomentumBuilder(PER)
            .high(0.95)
            .low(0.85)
            .pctStart(pct)
            .phases(phases)
            .pctFinal(0.85)
            .curve(curve)
            .build();
    double low = 0.1 / 25;
    double last = low / 1e4;
    double[] rates = three ? new double[] {low, 0.1, low, last} : new double[] {low, 0.1, last};
    double[] momenta =
        three ? new double[] {0.95, 0.85, 0.95, 0.95} : new double[] {0.95, 0.85, 0.95};
    for (int t = 0; t < total; t++) {
      double expected = torch(pct, phases, cosine, rates, total, t);
      if (Double.isNaN(expected)) {
        continue; // where PyTorch divides by zero
      }
      assertEquals(expected, at(rate, t, total), 1e-15);
      assertEquals(torch(pct, phases, cosine, momenta, total, t), at(momentum, t, total), 1e-14);
    }
  }

  /** Between its boundaries, as piecewise_interpolate_schedule of Optax has it. */
  @Property
  void itIsThatOfOptax(
      @ForAll @Scale(9) @DoubleRange(min = 0.01, max = 0.8) double pct,
      @ForAll @IntRange(min = 5, max = 300) int total) {
    var schedule = cycle(pct, 3, Curve.LINEAR, Framework.OPTAX);
    int[] times = {0, (int) (pct * total), (int) (0.85 * total), total};
    double[] values = {0.004, 0.1, 0.004, 4e-7};
    for (int t = 0; t <= total + 5; t++) {
      double expected = values[3];
      for (int i = 0; i < 3; i++) {
        if (times[i] <= t && t < times[i + 1]) {
          double part = (t - times[i]) / (double) (times[i + 1] - times[i]);
          expected = values[i] + (values[i + 1] - values[i]) * part;
        }
      }
      assertEquals(expected, at(schedule, t, total), 1e-15);
    }
  }

  @Property
  void itHoldsBeyondItsEndAndIsNeverNegative(
      @ForAll @Scale(9) @DoubleRange(max = 1) double pct,
      @ForAll boolean three,
      @ForAll Curve curve,
      @ForAll("dialects") Framework dialect,
      @ForAll @IntRange(min = 1, max = 5) int total) {
    int phases = three && dialect != Framework.FASTAI ? 3 : 2;
    var schedule = cycle(pct, phases, curve, dialect);
    double end = at(schedule, total, total);
    for (int t = 0; t < 20; t++) {
      double value = at(schedule, t, total);
      assertTrue(value >= 0 && value <= 0.1, () -> "" + value);
      if (t >= total) {
        assertEquals(end, value);
      }
    }
  }

  @Provide
  Arbitrary<Framework> dialects() {
    return Arbitraries.of(Dialects.of(OneCycle.class));
  }

  @Example
  void theEdgesOfTheParts() {
    for (int phases : new int[] {2, 3}) {
      // pct_start * total == 1: PyTorch divides 0 by 0 here; the empty rise is left out.
      assertEquals(0.1, at(cycle(0.1, phases, Curve.COSINE, Framework.TORCH), 0, 10));
      // pct_start 0: a step beyond the peak, as in PyTorch.
      var noRise = cycle(0, 2, Curve.LINEAR, Framework.TORCH);
      assertEquals(0.1 + (4e-7 - 0.1) / 10, at(noRise, 0, 10), 1e-16);
      assertEquals(0.1, at(cycle(0, phases, Curve.COSINE, Framework.OPTAX), 0, 10));
      // pct_start 1: nothing but the rise.
      var allRise = cycle(1, 2, Curve.COSINE, Framework.TORCH);
      assertEquals(0.1, at(allRise, 9, 10));
      assertEquals(0.1, at(allRise, 10, 10));
      assertEquals(0.1, at(allRise, 1000, 10));
      assertEquals(4e-7, at(cycle(1, 2, Curve.COSINE, Framework.OPTAX), 10, 10), 1e-21);
    }
  }

  @Example
  void theDialectsEndAtTheirTimes() {
    double last = 0.1 / 25 / 1e4;
    assertEquals(last, at(cycle(0.3, 2, Curve.COSINE, Framework.TORCH), 99, 100));
    assertTrue(at(cycle(0.3, 2, Curve.COSINE, Framework.OPTAX), 99, 100) > last);
    assertEquals(last, at(cycle(0.3, 2, Curve.COSINE, Framework.OPTAX), 100, 100));
    assertEquals(0.1 / 1e4, at(cycle(0.3, 2, Curve.COSINE, Framework.FASTAI), 100, 100));
    for (int total = 1; total <= 3; total++) {
      assertEquals(last, at(cycle(0.3, 2, Curve.COSINE, Framework.TORCH), total - 1, total), 1e-22);
    }
  }

  @Example
  void theTurningPointsAreListed() {
    Progress run = Progress.at(0, 1, 100);
    assertEquals(
        List.of(Boundary.bend(29, "turning point"), Boundary.end(99)),
        cycle(0.3, 2, Curve.COSINE, Framework.TORCH).boundaries(run));
    assertEquals(
        List.of(
            Boundary.bend(30, "turning point"), Boundary.bend(85, "last phase"), Boundary.end(100)),
        cycle(0.3, 3, Curve.COSINE, Framework.OPTAX).boundaries(run));
  }

  @Example
  void fastAiHasTwoPhases() {
    var error =
        assertThrows(InputException.class, () -> cycle(0.3, 3, Curve.COSINE, Framework.FASTAI));
    assertEquals("one-cycle: the dialect fastai has 2 phases, not 3", error.getMessage());
  }
}
