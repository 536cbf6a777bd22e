package dev.anneal.schedulers;

import static dev.anneal.schedulers.Exact.DIGITS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.InputException;
import dev.anneal.api.plugin.PluginType;
import dev.anneal.api.schedule.Boundary;
import dev.anneal.api.schedule.Curve;
import dev.anneal.api.schedule.Duration;
import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.api.schedule.Unit;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;

/** Multi-step, piecewise constant and piecewise linear: what happens at given times. */
class PiecewiseProperties {
  @Property
  void theBoundaryBelongsToOneSide(
      @ForAll @IntRange(max = 100_000) int thousandths,
      @ForAll @IntRange(max = 100_000) int more,
      @ForAll @IntRange(max = 210) int t,
      @ForAll PiecewiseConstant.Side side) {
    // A sum of decimals may miss the whole number that it stands for.
    double first = thousandths / 1000.0;
    double second = (thousandths + more) / 1000.0;
    var schedule = constant(side, List.of(3.0, 5.0, 4.0), first, second);
    boolean right = side == PiecewiseConstant.Side.RIGHT;
    double expected =
        (right ? t < first : t <= first) ? 3 : (right ? t < second : t <= second) ? 5 : 4;
    assertEquals(expected, schedule.at(iteration(t)));
  }

  @Property
  void eachJumpIsDeclared(
      @ForAll @Scale(1) @DoubleRange(max = 50) double first,
      @ForAll @Scale(1) @DoubleRange(max = 50) double length,
      @ForAll PiecewiseConstant.Side side,
      @ForAll @IntRange(min = 1, max = 7) int perEpoch,
      @ForAll Unit per) {
    List<Duration> times = List.of(Duration.iterations(first), Duration.iterations(first + length));
    assertJumpsAreDeclared(
        new PiecewiseConstant(List.of(3.0, 5.0, 4.0), times, side, per), perEpoch);
    assertJumpsAreDeclared(new MultiStepBuilder(1, 0.5, times, per).build(), perEpoch);
    assertJumpsAreDeclared(
        new MultiStepBuilder(1, 0.5, times.reversed(), per).offset(1).build(), perEpoch);
  }

  @Property
  void eachStairIsDeclared(
      @ForAll @Scale(1) @DoubleRange(min = 0.3, max = 50) double length,
      @ForAll @IntRange(max = 1) int offset,
      @ForAll @IntRange(min = 1, max = 7) int perEpoch,
      @ForAll Unit per) {
    Duration duration = Duration.iterations(length);
    assertJumpsAreDeclared(
        new StepDecayBuilder(1, 0.9, duration, per).offset(offset).build(), perEpoch);
    assertJumpsAreDeclared(
        new ExponentialDecayBuilder(1, 0.9, duration, per).staircase(true).build(), perEpoch);
    assertJumpsAreDeclared(
        new InverseTimeBuilder(1, 0.9, duration, per).staircase(true).build(), perEpoch);
    assertEquals(
        List.of(), new InverseTimeBuilder(1, 0.9, duration, per).build().boundaries(iteration(0)));
    assertEquals(
        List.of(),
        new ExponentialDecayBuilder(1, 0.9, duration, per).build().boundaries(iteration(0)));
  }

  private static void assertJumpsAreDeclared(Schedule schedule, int perEpoch) {
    List<Long> jumps = new ArrayList<>();
    for (long t = 1; t <= 105; t++) {
      if (schedule.at(Progress.at(t, perEpoch, 105))
          != schedule.at(Progress.at(t - 1, perEpoch, 105))) {
        jumps.add(t);
      }
    }
    List<Long> declared =
        schedule.boundaries(Progress.at(0, perEpoch, 105)).stream()
            .filter(boundary -> boundary.jumps() && boundary.iteration() > 0)
            .map(Boundary::iteration)
            .filter(iteration -> iteration <= 105)
            .distinct()
            .toList();
    assertEquals(jumps, declared);
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void multiStepHoldsToAnUlp(
      @ForAll @Scale(12) @DoubleRange(max = 10) double initial,
      @ForAll @Scale(12) @DoubleRange(min = 0.001, max = 1.5) double factor,
      @ForAll List<@IntRange(max = 100) Integer> times,
      @ForAll @IntRange(max = 1) int offset,
      @ForAll @IntRange(max = 110) int t) {
    List<Duration> at = times.stream().map(Duration::iterations).toList();
    int changes = (int) times.stream().filter(time -> time <= t + offset).count();
    BigDecimal exact = Exact.of(initial).multiply(Exact.of(factor).pow(changes, DIGITS), DIGITS);
    double value =
        new MultiStepBuilder(initial, factor, at, Unit.ITERATION)
            .offset(offset)
            .build()
            .at(iteration(t));
    if (exact.doubleValue() >= Double.MIN_NORMAL) {
      Exact.assertClose(exact, value, 1);
    } else {
      assertEquals(exact.doubleValue(), value, Double.MIN_NORMAL);
    }
  }

  @Example
  void aTimeThatStandsTwiceCountsTwice() {
    var at = List.of(Duration.epochs(9), Duration.epochs(2), Duration.epochs(9));
    var schedule = new MultiStepBuilder(1, 0.5, at, Unit.EPOCH).build();
    assertEquals(0.5, schedule.at(Progress.at(8 * 5, 5, 100)));
    assertEquals(0.125, schedule.at(Progress.at(9 * 5, 5, 100)));
    assertEquals(
        List.of(
            Boundary.jump(10, "change"), Boundary.jump(45, "change"), Boundary.jump(45, "change")),
        schedule.boundaries(Progress.at(0, 5, 100)));
  }

  @Example
  void timmIsOneEpochEarlier() {
    var timm =
        new MultiStepBuilder(1, 0.5, List.of(Duration.epochs(10)), Unit.EPOCH).offset(1).build();
    assertEquals(1, timm.at(iteration(8)));
    assertEquals(0.5, timm.at(iteration(9)));
  }

  @Property
  void theGivenValuesAreExact(
      @ForAll @Scale(12) @DoubleRange(max = 10) double a,
      @ForAll @Scale(12) @DoubleRange(max = 10) double b,
      @ForAll @Scale(12) @DoubleRange(max = 10) double c,
      @ForAll @IntRange(min = 1, max = 100) int first,
      @ForAll @IntRange(min = 1, max = 100) int length,
      @ForAll Curve curve) {
    var schedule = linear(curve, List.of(a, b, c), first, first + length);
    assertEquals(a, schedule.at(iteration(0)));
    assertEquals(b, schedule.at(iteration(first)));
    assertEquals(c, schedule.at(iteration(first + length)));
    assertEquals(c, schedule.at(iteration(first + length + 1)));
    for (int t = 0; t < first; t++) {
      double value = schedule.at(iteration(t));
      assertTrue(value >= Math.min(a, b) && value <= Math.max(a, b), () -> "" + value);
    }
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void betweenValuesTheFormulasHoldToTheDocumentedBounds(
      @ForAll @Scale(12) @DoubleRange(min = 1e-9, max = 10) double a,
      @ForAll @Scale(12) @DoubleRange(min = 1e-9, max = 10) double b,
      @ForAll @IntRange(min = 1, max = 10_000) int n,
      @ForAll @IntRange(max = 10_000) int at) {
    int t = at % n;
    BigDecimal x = Exact.divide(t, n);
    BigDecimal left = BigDecimal.ONE.subtract(x);
    double scale = Math.max(a, b);
    Exact.assertClose(
        Exact.blend(a, b, left), linear(Curve.LINEAR, List.of(a, b), n).at(iteration(t)), 2, scale);
    Exact.assertClose(
        Exact.blend(a, b, Exact.halfCosine(x)),
        linear(Curve.COSINE, List.of(a, b), n).at(iteration(t)),
        8,
        scale);
    BigDecimal ratio = Exact.divide(b, a);
    BigDecimal exact = Exact.of(a).multiply(Exact.pow(ratio, x), DIGITS);
    double error = (3 + Math.abs(Math.log(b / a))) * 0x1p-52 * exact.doubleValue();
    assertEquals(
        exact.doubleValue(), linear(Curve.EXPONENTIAL, List.of(a, b), n).at(iteration(t)), error);
  }

  @Example
  void twoBoundariesAtOneTimeJump() {
    var schedule = linear(Curve.LINEAR, List.of(0.0, 1.0, 3.0, 4.0), 10, 10, 20);
    assertEquals(0.9, schedule.at(iteration(9)));
    assertEquals(3, schedule.at(iteration(10)));
    assertEquals(
        List.of(Boundary.bend(10, "value 2"), Boundary.jump(10, "value 3"), Boundary.end(20)),
        schedule.boundaries(iteration(0)));
  }

  @Example
  void aBoundaryBeforeItsPredecessorCountsAsIt() {
    List<Double> values = List.of(1.0, 2.0, 3.0);
    List<Duration> times = List.of(Duration.iterations(30), Duration.percent(10));
    var steps = new PiecewiseConstant(values, times, PiecewiseConstant.Side.RIGHT, Unit.ITERATION);
    var lines = new PiecewiseLinear(values, times, Curve.LINEAR, Unit.ITERATION);
    Progress before = Progress.at(29, 1, 100);
    Progress there = Progress.at(30, 1, 100);
    assertEquals(1, steps.at(before));
    assertEquals(3, steps.at(there));
    assertEquals(1 + 29 / 30.0, lines.at(before), 1e-15);
    assertEquals(3, lines.at(there));
    assertEquals(
        List.of(30L, 30L), steps.boundaries(there).stream().map(Boundary::iteration).toList());
  }

  @Example
  void valuesAndBoundariesMustMatch() {
    assertEquals(
        "piecewise-constant: 2 values have 1 boundaries between them, not 2",
        assertThrows(
                InputException.class,
                () -> constant(PiecewiseConstant.Side.LEFT, List.of(1.0, 2.0), 3, 4))
            .getMessage());
    assertEquals(
        "piecewise-linear: values must hold at least one",
        assertThrows(InputException.class, () -> linear(Curve.LINEAR, List.of())).getMessage());
    assertEquals(
        "piecewise-linear: boundaries must ascend, but 3it follows 4it",
        assertThrows(InputException.class, () -> linear(Curve.LINEAR, List.of(1.0, 2.0, 3.0), 4, 3))
            .getMessage());
    assertEquals(
        "piecewise-constant: values must be in [0, inf), not -1",
        assertThrows(
                InputException.class,
                () ->
                    PluginType.check(constant(PiecewiseConstant.Side.LEFT, List.of(1.0, -1.0), 3)))
            .getMessage());
  }

  private static PiecewiseConstant constant(
      PiecewiseConstant.Side side, List<Double> values, double... times) {
    return new PiecewiseConstant(values, durations(times), side, Unit.ITERATION);
  }

  private static PiecewiseLinear linear(Curve curve, List<Double> values, double... times) {
    return new PiecewiseLinear(values, durations(times), curve, Unit.ITERATION);
  }

  private static List<Duration> durations(double... times) {
    List<Duration> durations = new ArrayList<>();
    for (double time : times) {
      durations.add(Duration.iterations(time));
    }
    return durations;
  }

  private static Progress iteration(int t) {
    return Progress.at(t, 1, 20_000);
  }
}
