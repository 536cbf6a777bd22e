package dev.anneal.schedulers;

import static dev.anneal.schedulers.Exact.DIGITS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.InputException;
import dev.anneal.api.schedule.Boundary;
import dev.anneal.api.schedule.Constant;
import dev.anneal.api.schedule.Curve;
import dev.anneal.api.schedule.Duration;
import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Relative;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.api.schedule.Unit;
import dev.anneal.schedulers.Cosine.After;
import java.math.BigDecimal;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;

/** Those that begin with a warm-up, or end with a phase of their own. */
class WarmupFamilyProperties {
  private static final Unit PER = Unit.ITERATION;
  private static final int TOTAL = 100;

  private static double at(Schedule schedule, long t) {
    return schedule.at(Progress.at(t, 1, TOTAL));
  }

  private static Duration it(double amount) {
    return Duration.iterations(amount);
  }

  private static final Duration ALL = Duration.percent(100);

  private static Schedule linear(double initial, int warmup, double end) {
    return new LinearWithWarmupBuilder(initial, it(warmup), PER).end(end).build();
  }

  private static Schedule cosine(double initial, int warmup, double floor) {
    return cosine(initial, warmup, floor, 0.5, After.HOLD);
  }

  private static Schedule cosine(
      double initial, int warmup, double floor, double cycles, After after) {
    return new CosineWithWarmupBuilder(initial, it(warmup), PER)
        .floor(floor)
        .cycles(cycles)
        .after(after)
        .build();
  }

  private static Schedule polynomial(double initial, int warmup, double end, double power) {
    return new PolynomialWithWarmupBuilder(initial, it(warmup), PER).end(end).power(power).build();
  }

  /** How much of the decay is done. */
  private static BigDecimal done(int t, int warmup) {
    return t >= TOTAL ? BigDecimal.ONE : Exact.divide((double) t - warmup, (double) TOTAL - warmup);
  }

  @Property
  void theFormulasHold(
      @ForAll @Scale(9) @DoubleRange(min = 1e-6, max = 10) double initial,
      @ForAll @Scale(9) @DoubleRange(max = 10) double end,
      @ForAll @Scale(9) @DoubleRange(min = 0.1, max = 4) double power,
      @ForAll @IntRange(max = TOTAL) int warmup,
      @ForAll @IntRange(max = TOTAL + 20) int t) {
    double scale = Math.max(initial, end);
    if (t < warmup) {
      BigDecimal rise = Exact.line(0, initial, Exact.divide(t, warmup));
      for (Schedule schedule :
          List.of(
              new ConstantWithWarmup(initial, it(warmup), PER),
              linear(initial, warmup, end),
              cosine(initial, warmup, end),
              polynomial(initial, warmup, end, power),
              new InverseSqrtWithWarmup(initial, it(warmup), it(0), PER))) {
        Exact.assertClose(rise, at(schedule, t), 2);
      }
      return;
    }
    BigDecimal done = done(t, warmup);
    BigDecimal left = BigDecimal.ONE.subtract(done);
    assertEquals(initial, at(new ConstantWithWarmup(initial, it(warmup), PER), t));
    Exact.assertClose(
        Exact.line(initial, end, done), at(linear(initial, warmup, end), t), 3, scale);
    Exact.assertClose(
        Exact.blend(initial, end, Exact.halfCosine(done)),
        at(cosine(initial, warmup, end), t),
        4,
        scale);
    Exact.assertClose(
        Exact.line(end, initial, Exact.pow(left, power)),
        at(polynomial(initial, warmup, end, power), t),
        4,
        scale);
  }

  @Property
  void theCosineRisesAgainOrHolds(
      @ForAll @Scale(9) @DoubleRange(max = 0.1) double floor,
      @ForAll @IntRange(max = TOTAL - 1) int warmup,
      @ForAll @Scale(9) @DoubleRange(min = 0.1, max = 1) double cycles,
      @ForAll @IntRange(min = TOTAL, max = 2 * TOTAL) int t) {
    BigDecimal periods = Exact.of(2 * cycles);
    assertEquals(
        at(cosine(1, warmup, floor, cycles, After.HOLD), TOTAL),
        at(cosine(1, warmup, floor, cycles, After.HOLD), t));
    BigDecimal p = Exact.divide((double) t - warmup, (double) TOTAL - warmup);
    double ulps = 4 + 8 * p.doubleValue();
    Exact.assertClose(
        Exact.blend(1, floor, Exact.halfCosine(p.multiply(periods, DIGITS))),
        at(cosine(1, warmup, floor, cycles, After.RISE), t),
        ulps,
        1);
  }

  @Property
  void theInverseSquareRootsHold(
      @ForAll @Scale(9) @DoubleRange(min = 1e-6, max = 10) double initial,
      @ForAll @IntRange(min = 1, max = TOTAL) int warmup,
      @ForAll @IntRange(min = 1, max = 10_000) int scale,
      @ForAll @IntRange(max = 100_000) int after) {
    int t = warmup + after;
    BigDecimal root = Exact.divide((double) after + scale, scale).sqrt(DIGITS);
    // Two roundings and, under the root, half of one.
    Exact.assertNear(
        Exact.of(initial).divide(root, DIGITS),
        at(new InverseSqrtWithWarmup(initial, it(warmup), it(scale), PER), t),
        1.25);
    BigDecimal longer = Exact.divide(scale, Math.max(t, scale)).sqrt(DIGITS);
    Exact.assertNear(
        Exact.of(initial).multiply(longer, DIGITS),
        at(new InverseSqrt(initial, it(scale), PER), t),
        1.25);
  }

  @Property
  void noamHolds(
      @ForAll @IntRange(min = 1, max = 4096) int size,
      @ForAll @IntRange(min = 1, max = 10_000) int warmup,
      @ForAll @Scale(9) @DoubleRange(min = 0.1, max = 10) double factor,
      @ForAll @IntRange(max = 100_000) int t) {
    BigDecimal s = BigDecimal.valueOf(t + 1L);
    BigDecimal w = BigDecimal.valueOf(warmup);
    BigDecimal rise = s.divide(w.multiply(w.sqrt(DIGITS), DIGITS), DIGITS);
    BigDecimal fall = BigDecimal.ONE.divide(s.sqrt(DIGITS), DIGITS);
    BigDecimal exact =
        Exact.of(factor)
            .divide(BigDecimal.valueOf(size).sqrt(DIGITS), DIGITS)
            .multiply(rise.min(fall), DIGITS);
    // Six roundings.
    Exact.assertNear(exact, at(new Noam(size, it(warmup), factor, PER), t), 3);
  }

  @Example
  void noamBeginsWithItsStepOne() {
    assertEquals(1 / Math.sqrt(512) / 4000 / Math.sqrt(4000), at(noam(4000), 0), 1e-22);
    assertEquals(1 / Math.sqrt(512), at(noam(0), 0));
    assertEquals(1 / Math.sqrt(512.0 * 40), at(noam(40), 39), 1e-17);
    assertTrue(at(noam(40), 38) < at(noam(40), 39) && at(noam(40), 39) > at(noam(40), 40));
  }

  private static Noam noam(int warmup) {
    return new Noam(512, it(warmup), 1, PER);
  }

  @Property
  void theEdgesAreExact(
      @ForAll @Scale(9) @DoubleRange(min = 0.1, max = 10) double initial,
      @ForAll @Scale(9) @DoubleRange(max = 10) double end,
      @ForAll @IntRange(max = 2 * TOTAL) int warmup) {
    for (Schedule schedule :
        List.of(
            linear(initial, warmup, end),
            cosine(initial, warmup, end),
            polynomial(initial, warmup, end, 2))) {
      assertEquals(warmup == 0 ? initial : 0, at(schedule, 0));
      assertEquals(warmup < TOTAL ? initial : end, at(schedule, warmup));
      assertEquals(end, at(schedule, Math.max(warmup, TOTAL)));
      assertEquals(end, at(schedule, 10L * TOTAL));
      if (warmup > 0) {
        assertEquals(initial * (warmup - 1) / warmup, at(schedule, warmup - 1L), 1e-14);
      }
    }
  }

  @Example
  void anOffsetStartsTheClockAtOne() {
    Schedule schedule = new CosineWithWarmupBuilder(1, it(10), PER).cycles(0.5).offset(1).build();
    assertEquals(0.1, at(schedule, 0));
    assertEquals(1, at(schedule, 9));
    assertTrue(at(schedule, 10) < 1);
    assertEquals(0, at(schedule, 99));
  }

  @Example
  void aFloorMayBeAFraction() {
    Schedule schedule =
        new CosineWithWarmupBuilder(0.5, it(10), PER)
            .floor(0.1)
            .floorIs(Relative.FRACTION)
            .cycles(0.5)
            .build();
    assertEquals(0.05, at(schedule, TOTAL));
  }

  @Example
  void withoutAWarmupTransformersTakesTenThousand() {
    Schedule schedule = new InverseSqrtWithWarmup(1, it(0), it(0), PER);
    assertEquals(1, at(schedule, 0));
    assertEquals(Math.sqrt(0.5), at(schedule, 10_000), 1e-15);
  }

  @Property
  void theTrapezoidHolds(
      @ForAll @Scale(9) @DoubleRange(min = 0.5, max = 10) double peak,
      @ForAll @Scale(9) @DoubleRange(min = 0.01, max = 0.4) double floor,
      @ForAll Curve up,
      @ForAll Curve down,
      @ForAll @IntRange(max = 60) int warmup,
      @ForAll @IntRange(max = 60) int cooldown) {
    Schedule schedule =
        new WsdBuilder(peak, it(warmup), it(cooldown), PER)
            .floor(floor)
            .floorIs(Relative.VALUE)
            .warmupCurve(up)
            .cooldownCurve(down)
            .build();
    int cooling = Math.max(warmup, TOTAL - cooldown);
    assertEquals(warmup > 0 ? floor : peak, at(schedule, 0));
    for (int t = warmup; t <= cooling && t < TOTAL; t++) {
      assertEquals(peak, at(schedule, t));
    }
    assertEquals(floor, at(schedule, TOTAL));
    assertEquals(floor, at(schedule, 2L * TOTAL));
    for (int t = 1; t < warmup; t++) {
      assertTrue(at(schedule, t) > at(schedule, t - 1L));
    }
    for (int t = cooling + 1; t < TOTAL; t++) {
      assertTrue(at(schedule, t) < at(schedule, t - 1L));
    }
  }

  @Example
  void aWarmupOfTheWholeRunLeavesNoCooldown() {
    Schedule schedule = new WsdBuilder(1, it(150), it(50), PER).cooldownCurve(Curve.LINEAR).build();
    assertEquals(0.5, at(schedule, 75));
    assertEquals(149 / 150.0, at(schedule, 149));
    assertEquals(0, at(schedule, 150));
  }

  @Example
  void anExponentialCurveHasNoWayFromZero() {
    assertThrows(
        InputException.class,
        () ->
            new WsdBuilder(1, it(1), it(1), PER)
                .floorIs(Relative.VALUE)
                .warmupCurve(Curve.EXPONENTIAL)
                .cooldownCurve(Curve.LINEAR)
                .build());
  }

  @Property
  void flatThenCosine(
      @ForAll @Scale(9) @DoubleRange(min = 0.1, max = 10) double initial,
      @ForAll @Scale(9) @DoubleRange(max = 0.1) double end,
      @ForAll @IntRange(max = TOTAL) int flat,
      @ForAll @IntRange(max = TOTAL + 20) int t) {
    double value = at(new FlatCosineBuilder(initial, PER).flat(it(flat)).end(end).build(), t);
    if (t >= TOTAL) {
      assertEquals(end, value);
    } else if (t <= flat) {
      assertEquals(initial, value);
    } else {
      BigDecimal weight = Exact.halfCosine(done(t, flat));
      Exact.assertClose(Exact.blend(initial, end, weight), value, 6);
    }
  }

  @Property
  void snapshotsAreEqualCycles(
      @ForAll @IntRange(min = 1, max = 12) int cycles, @ForAll @IntRange(max = TOTAL - 1) int t) {
    double value = at(new Snapshot(0.2, cycles, ALL, PER), t);
    int length = (TOTAL + cycles - 1) / cycles;
    double height = Math.cos(Math.PI * (t % length) / length) + 1;
    assertEquals(0.1 * height, value, 1e-15);
    if (t % length == 0) {
      assertEquals(0.2, value);
    }
    assertEquals(
        at(new Snapshot(0.2, cycles, ALL, PER), TOTAL - 1),
        at(new Snapshot(0.2, cycles, ALL, PER), TOTAL + t));
  }

  /** The recurrence of SWALR: it finds the first value in the current one at each step. */
  @Property
  void towardsTheAveragingRate(
      @ForAll boolean cosine,
      @ForAll @IntRange(max = TOTAL) int begin,
      @ForAll @IntRange(max = 50) int over) {
    Curve curve = cosine ? Curve.COSINE : Curve.LINEAR;
    Schedule before = linear(1, 5, 0);
    Schedule schedule = new SwaBuilder(before, 0.05, it(begin), it(over), PER).curve(curve).build();
    for (int t = 0; t < begin; t++) {
      assertEquals(at(before, t), at(schedule, t));
    }
    double lr = at(before, begin);
    assertEquals(over == 0 ? 0.05 : lr, at(schedule, begin));
    for (int step = 1; step < 2 * over; step++) {
      double previous = anneal(cosine, Math.min(1, (step - 1.0) / over));
      double first = previous == 1 ? 0 : (lr - previous * 0.05) / (1 - previous);
      double alpha = anneal(cosine, Math.min(1, (double) step / over));
      lr = 0.05 * alpha + first * (1 - alpha);
      assertEquals(lr, at(schedule, begin + step), 1e-12);
    }
  }

  private static double anneal(boolean cosine, double t) {
    return cosine ? (1 - Math.cos(Math.PI * t)) / 2 : t;
  }

  @Example
  void theBoundariesAreListed() {
    Progress run = Progress.at(0, 1, TOTAL);
    var warm = new Boundary(10, "warm-up over", Boundary.Kind.WARMED_UP, false);
    assertEquals(List.of(warm, Boundary.end(100)), linear(1, 10, 0).boundaries(run));
    assertEquals(List.of(warm, Boundary.end(100)), cosine(1, 10, 0).boundaries(run));
    assertEquals(
        List.of(warm, Boundary.bend(100, "rises again")),
        cosine(1, 10, 0, 0.5, After.RISE).boundaries(run));
    assertEquals(List.of(warm, Boundary.end(100)), polynomial(1, 10, 0, 1).boundaries(run));
    assertEquals(List.of(warm), new ConstantWithWarmup(1, it(10), PER).boundaries(run));
    assertEquals(List.of(warm), new InverseSqrtWithWarmup(1, it(10), it(0), PER).boundaries(run));
    assertEquals(
        List.of(warm, Boundary.bend(80, "cool-down"), Boundary.end(100)),
        new WsdBuilder(1, it(10), it(20), PER)
            .floorIs(Relative.VALUE)
            .cooldownCurve(Curve.LINEAR)
            .build()
            .boundaries(run));
    assertEquals(
        List.of(new Boundary(9, "warm-up over", Boundary.Kind.WARMED_UP, false)),
        noam(10).boundaries(run));
    assertEquals(
        List.of(Boundary.bend(75, "falls"), Boundary.end(100)),
        new FlatCosineBuilder(1, PER).flat(Duration.percent(75)).build().boundaries(run));
    assertEquals(
        List.of(new Boundary(100, "end", Boundary.Kind.END, true)),
        new FlatCosineBuilder(1, PER).flat(Duration.percent(100)).build().boundaries(run));
    assertEquals(
        List.of(Boundary.jump(34, "cycle 2"), Boundary.jump(68, "cycle 3"), Boundary.end(100)),
        new Snapshot(1, 3, ALL, PER).boundaries(run));
    assertEquals(
        List.of(
            warm,
            new Boundary(60, "towards the averaging rate", Boundary.Kind.PHASE, false),
            Boundary.end(70)),
        new SwaBuilder(linear(1, 10, 0), 0.05, it(60), it(10), PER)
            .curve(Curve.LINEAR)
            .build()
            .boundaries(run));
    assertEquals(
        List.of(Boundary.bend(7, "falls")), new InverseSqrt(1, it(7), PER).boundaries(run));
    assertEquals(List.of(), new Constant(1).boundaries(run));
  }
}
