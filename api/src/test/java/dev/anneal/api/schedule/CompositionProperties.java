package dev.anneal.api.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.InputException;
import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.plugin.PluginType;
import dev.anneal.api.schedule.Warmup.Clock;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.function.Executable;

/** Each composition against its definition, worked out anew from exact lengths. */
class CompositionProperties {
  /** The shape of a run. */
  record Run(int perEpoch, long total) {
    Progress at(long iteration) {
      return Progress.at(iteration, perEpoch, total);
    }

    /** A good way beyond the end. */
    LongStream iterations() {
      return LongStream.range(0, total + total / 2 + 3);
    }
  }

  /** A value for each place in each run, that no two schedules share. */
  private static double probe(double id, long iteration, long total) {
    return id + 0.01 * Math.sin(0.7 * iteration + 1.3 * total);
  }

  private static Schedule probe(double id) {
    return progress -> probe(id, progress.iteration(), progress.totalIterations());
  }

  /** The value of a probe in a part of a run, by the rule that a part is at least 1 long. */
  private static double part(double id, long since, long length) {
    return probe(id, Math.max(0, since), Math.max(1, length));
  }

  @Provide
  static Arbitrary<Run> runs() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 20), Arbitraries.longs().between(1, 120))
        .as(Run::new);
  }

  @Provide
  static Arbitrary<Time> times() {
    return Time.any();
  }

  @Property
  void aSequenceReadsEachScheduleFromItsOwnBeginning(
      @ForAll("runs") Run run, @ForAll @Size(max = 4) List<@From("times") Time> times) {
    List<Time> sorted = new ArrayList<>(times);
    sorted.sort(Comparator.comparing(Time::measure).thenComparing(Time::amount));
    List<Schedule> schedules = new ArrayList<>();
    for (int i = 0; i <= sorted.size(); i++) {
      schedules.add(probe(i + 1));
    }
    Sequence sequence = new Sequence(schedules, sorted.stream().map(Time::duration).toList());
    List<Long> starts = new ArrayList<>(List.of(0L));
    for (Time time : sorted) {
      starts.add(Math.max(starts.getLast(), time.first(run.perEpoch, run.total)));
    }
    run.iterations()
        .forEach(t -> {
          int now = 0;
          for (int i = 1; i < starts.size(); i++) {
            now = t >= starts.get(i) ? i : now;
          }
          long end = now + 1 < starts.size() ? starts.get(now + 1) : run.total;
          assertEquals(
              part(now + 1, t - starts.get(now), end - starts.get(now)), sequence.at(run.at(t)));
        });
    List<Boundary> expected = new ArrayList<>();
    for (int i = 1; i < starts.size(); i++) {
      expected.add(Boundary.jump(starts.get(i), "schedule " + (i + 1)));
    }
    assertEquals(expected, sequence.boundaries(run.at(0)));
  }

  @Property
  void aWarmUpLeadsIntoTheSchedule(
      @ForAll("runs") Run run,
      @ForAll("times") Time over,
      @ForAll @DoubleRange(min = 0.1, max = 2) double from,
      @ForAll Relative fromIs,
      @ForAll Curve curve,
      @ForAll @IntRange(max = 1) int offset,
      @ForAll Clock clock,
      @ForAll Unit per) {
    Schedule warmup =
        new WarmupBuilder(probe(1), over.duration(), per)
            .from(from)
            .fromIs(fromIs)
            .curve(curve)
            .offset(offset)
            .clock(clock)
            .build();
    double length =
        over.iterations(run.perEpoch, run.total).doubleValue()
            / (per == Unit.EPOCH ? run.perEpoch : 1);
    // A length of epochs within a rounding of a whole number is that number.
    length = Math.abs(length - Math.rint(length)) < 1e-9 ? Math.rint(length) : length;
    long first =
        per == Unit.EPOCH
            ? over.firstOfEpoch(run.perEpoch, run.total)
            : over.first(run.perEpoch, run.total);
    double ticks = length;
    run.iterations()
        .forEach(t -> {
          double expected;
          if (t >= first) {
            expected =
                clock == Clock.AFTER
                    ? part(1, t - first, run.total - first)
                    : probe(1, t, run.total);
          } else {
            double target =
                switch (clock) {
                  case AFTER -> part(1, 0, run.total - first);
                  case DURING -> probe(1, 0, run.total);
                  case MULTIPLY -> probe(1, t, run.total);
                };
            double start = fromIs == Relative.VALUE ? from : from * target;
            long clocked = per == Unit.EPOCH ? t / run.perEpoch : t;
            expected = curve.between(start, target, (clocked + offset) / ticks);
          }
          // A length that is a fraction of an epoch is rounded once more than here.
          assertEquals(expected, warmup.at(run.at(t)), 1e-12, () -> "at " + t);
        });
    assertEquals(
        List.of(
            new Boundary(first, "warm-up over", Boundary.Kind.WARMED_UP, clock == Clock.DURING)),
        warmup.boundaries(run.at(0)));
  }

  @Example
  void aLinearWarmUpIsExactAtItsEnds() {
    Schedule warmup = new Constant(0.3).warmup(Duration.iterations(7));
    Run run = new Run(5, 40);
    assertEquals(0, warmup.at(run.at(0)));
    assertEquals(0.3, warmup.at(run.at(7)));
    for (int t = 1; t < 7; t++) {
      BigDecimal exact =
          new BigDecimal(0.3)
              .multiply(BigDecimal.valueOf(t))
              .divide(BigDecimal.valueOf(7), MathContext.DECIMAL128);
      double value = warmup.at(run.at(t));
      assertTrue(
          exact.subtract(new BigDecimal(value)).abs().doubleValue() <= Math.ulp(value), "" + t);
    }
    Schedule offset =
        new WarmupBuilder(0.3, Duration.iterations(7), Unit.ITERATION)
            .fromIs(Relative.VALUE)
            .offset(1)
            .build();
    assertEquals(warmup.at(run.at(1)), offset.at(run.at(0)));
    assertEquals(0.3, offset.at(run.at(6)));
  }

  @Example
  void aWarmUpFromAnImmenseFractionIsFinite() {
    Schedule warmup =
        new WarmupBuilder(1e300, Duration.iterations(7), Unit.ITERATION).from(1e300).build();
    assertEquals(Double.MAX_VALUE, warmup.at(Progress.at(0, 1, 10)));
    assertTrue(Double.isFinite(warmup.at(Progress.at(3, 1, 10))));
  }

  /** The jumps of the schedule show through a factor, but not through a rise to its first value. */
  @Example
  void aWarmUpDeclaresTheJumpsThatItDoesNotHide() {
    Schedule jumping = new Constant(1).then(Duration.iterations(3), new Constant(2));
    Run run = new Run(1, 20);
    for (Clock clock : Clock.values()) {
      Schedule warmup =
          new WarmupBuilder(jumping, Duration.iterations(5), Unit.ITERATION)
              .from(1)
              .clock(clock)
              .build();
      List<Long> declared =
          warmup.boundaries(run.at(0)).stream()
              .filter(Boundary::jumps)
              .map(Boundary::iteration)
              .toList();
      List<Long> jumps =
          LongStream.range(1, 20)
              .filter(t -> warmup.at(run.at(t)) != warmup.at(run.at(t - 1)))
              .boxed()
              .toList();
      assertEquals(declared, jumps, clock.toString());
    }
  }

  /** What the schedule comes to within the warm-up is no end where the factor still rises. */
  @Example
  void anEndWithinAWarmUpIsNone() {
    Schedule ends = new Repeat(new Constant(2), Duration.iterations(3), 1);
    Run run = new Run(1, 20);
    Schedule multiplied =
        new WarmupBuilder(ends, Duration.iterations(5), Unit.ITERATION)
            .clock(Clock.MULTIPLY)
            .build();
    assertEquals(
        List.of(
            Boundary.jump(3, "end of the repetition"),
            new Boundary(5, "warm-up over", Boundary.Kind.WARMED_UP, false)),
        multiplied.boundaries(run.at(0)));
    Schedule shorter =
        new WarmupBuilder(ends, Duration.iterations(3), Unit.ITERATION)
            .clock(Clock.MULTIPLY)
            .build();
    assertEquals(
        List.of(
            new Boundary(3, "warm-up over", Boundary.Kind.WARMED_UP, false),
            new Boundary(3, "end of the repetition", Boundary.Kind.END, true)),
        shorter.boundaries(run.at(0)));
  }

  @Property
  void aRepetitionReadsTheScheduleAnewEachTime(
      @ForAll("runs") Run run, @ForAll("times") Time every, @ForAll @IntRange(max = 5) int times) {
    if (every.amount().signum() == 0) {
      assertThrows(
          InputException.class,
          () -> PluginType.check(new Repeat(probe(1), every.duration(), times)));
      return;
    }
    Schedule repeat = new Repeat(probe(1), every.duration(), times);
    long length = every.first(run.perEpoch, run.total);
    run.iterations()
        .forEach(t -> {
          boolean over = times > 0 && t >= times * length;
          assertEquals(probe(1, over ? length : t % length, length), repeat.at(run.at(t)));
        });
    List<Boundary> boundaries = repeat.boundaries(run.at(0));
    List<Boundary> expected = new ArrayList<>();
    for (long start = length, time = 2; start <= run.total; start += length, time++) {
      if (times > 0 && time > times) {
        expected.add(new Boundary(start, "end of the repetition", Boundary.Kind.END, true));
        break;
      }
      expected.add(Boundary.jump(start, "time " + time));
    }
    assertEquals(expected, boundaries);
  }

  @Property
  void aShiftHoldsTheFirstValueUntilThen(@ForAll("runs") Run run, @ForAll("times") Time by) {
    Schedule shift = probe(1).shift(by.duration());
    long start = by.first(run.perEpoch, run.total);
    run.iterations()
        .forEach(t -> assertEquals(part(1, t - start, run.total - start), shift.at(run.at(t))));
    assertEquals(
        start == 0 ? List.of() : List.of(Boundary.bend(start, "shifted schedule")),
        shift.boundaries(run.at(0)));
  }

  @Property
  void arithmeticGoesFromLeftToRightOnOneClock(
      @ForAll("runs") Run run,
      @ForAll @IntRange(max = 150) int t,
      @ForAll @Size(min = 1, max = 5) List<@IntRange(min = -3, max = 3) Integer> ids) {
    List<Schedule> schedules = ids.stream().map(CompositionProperties::probe).toList();
    double[] values = ids.stream().mapToDouble(id -> probe(id, t, run.total)).toArray();
    double product = values[0];
    double sum = values[0];
    double max = values[0];
    double min = values[0];
    for (int i = 1; i < values.length; i++) {
      product *= values[i];
      sum += values[i];
      max = values[i] > max ? values[i] : max;
      min = values[i] < min ? values[i] : min;
    }
    Progress at = run.at(t);
    assertEquals(product, new Product(schedules).at(at));
    assertEquals(sum, new Sum(schedules).at(at));
    assertEquals(max, new Maximum(schedules).at(at));
    assertEquals(min, new Minimum(schedules).at(at));
    Schedule first = schedules.getFirst();
    Schedule last = schedules.getLast();
    double a = values[0];
    double b = values[values.length - 1];
    assertEquals(a * b, first.times(last).at(at));
    assertEquals(a + b, first.plus(last).at(at));
    assertEquals(a > b ? a : b, first.max(last).at(at));
    assertEquals(a < b ? a : b, first.min(last).at(at));
    assertEquals(a * 3, first.scale(3).at(at));
    double clamped = a < -1 ? -1 : a > 1 ? 1 : a;
    assertEquals(clamped, first.clamp(-1, 1).at(at));
  }

  @Example
  void nothingOverflows() {
    Schedule huge = new Constant(1e300);
    Schedule low = new Constant(-1e300);
    Progress at = Progress.at(0, 1, 1);
    assertEquals(Double.MAX_VALUE, huge.times(huge).at(at));
    assertEquals(-Double.MAX_VALUE, huge.times(low).at(at));
    assertEquals(Double.MAX_VALUE, huge.scale(1e300).at(at));
    assertEquals(-Double.MAX_VALUE, huge.scale(-1e300).at(at));
    Schedule most = new Constant(Double.MAX_VALUE);
    assertEquals(Double.MAX_VALUE, most.plus(most).at(at));
    assertEquals(-Double.MAX_VALUE, most.scale(-1).plus(most.scale(-1)).at(at));
    // From left to right, each step within the numbers.
    assertEquals(1e300, new Sum(List.of(most, most, most.scale(-1), huge)).at(at));
    assertEquals(0, new Product(List.of(huge, huge, new Constant(0))).at(at));
    assertEquals(
        5, new Constant(5).clamp(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY).at(at));
  }

  @Example
  void onlyWhatMakesSenseIsBuilt() {
    Schedule one = new Constant(1);
    assertRefused(
        "sequence: schedules must hold at least one", () -> new Sequence(List.of(), List.of()));
    assertRefused(
        "sequence: 2 schedules have 1 boundaries between them, not 0",
        () -> new Sequence(List.of(one, one), List.of()));
    assertRefused(
        "sequence: boundaries must ascend, but 2ep follows 3ep",
        () ->
            new Sequence(List.of(one, one, one), List.of(Duration.epochs(3), Duration.epochs(2))));
    assertRefused("product: schedules must hold at least one", () -> new Product(List.of()));
    assertRefused("sum: schedules must hold at least one", () -> new Sum(List.of()));
    assertRefused("max: schedules must hold at least one", () -> new Maximum(List.of()));
    assertRefused("min: schedules must hold at least one", () -> new Minimum(List.of()));
    assertRefused("clamp: low must not exceed high, but 2 > 1", () -> one.clamp(2, 1));
    assertRefused(
        "clamp: low must be in [-inf, inf), not inf",
        () -> one.clamp(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY));
    assertRefused("clamp: high must be in (-inf, inf], not nan", () -> one.clamp(0, Double.NaN));
    assertRefused("scale: factor must be in (-inf, inf), not nan", () -> one.scale(Double.NaN));
    assertRefused(
        "repeat: every must be in (0, inf), not 0it", () -> one.repeat(Duration.iterations(0)));
    assertRefused(
        "repeat: times must be in [0, inf), not -1",
        () -> PluginType.check(new Repeat(one, Duration.iterations(1), -1)));
    assertRefused(
        "warmup: an exponential curve needs from above 0",
        () ->
            new WarmupBuilder(one, Duration.epochs(1), Unit.EPOCH)
                .fromIs(Relative.VALUE)
                .curve(Curve.EXPONENTIAL)
                .build());
    assertRefused(
        "warmup: offset must be in [0, 1], not 2",
        () ->
            new WarmupBuilder(one, Duration.epochs(1), Unit.EPOCH)
                .fromIs(Relative.VALUE)
                .offset(2)
                .build());
    assertRefused(
        "constant: value must be in (-inf, inf), not inf",
        () -> PluginType.check(new Constant(Double.POSITIVE_INFINITY)));
    one.clamp(1, 1);
    new Sequence(List.of(one, one, one), List.of(Duration.epochs(3), Duration.iterations(2)));
    new Sequence(List.of(one, one, one), List.of(Duration.epochs(3), Duration.epochs(3)));
  }

  private static void assertRefused(String message, Executable construction) {
    assertEquals(message, assertThrows(InputException.class, construction).getMessage());
  }

  @Example
  void theListsOfARecordAreItsOwn() {
    List<Schedule> schedules = new ArrayList<>(List.of(new Constant(1), new Constant(2)));
    List<Duration> boundaries = new ArrayList<>(List.of(Duration.iterations(3)));
    Sequence sequence = new Sequence(schedules, boundaries);
    Schedule product = new Product(schedules);
    Schedule sum = new Sum(schedules);
    Schedule max = new Maximum(schedules);
    Schedule min = new Minimum(schedules);
    schedules.clear();
    boundaries.clear();
    assertEquals(2, sequence.at(Progress.at(3, 1, 10)));
    Progress at = Progress.at(0, 1, 10);
    assertEquals(2, product.at(at));
    assertEquals(3, sum.at(at));
    assertEquals(2, max.at(at));
    assertEquals(1, min.at(at));
  }

  @Example
  void aScheduleNamesThoseThatItReads() {
    Schedule a = new Constant(1);
    Schedule b = new Constant(2);
    assertEquals(List.of(), a.parts());
    assertEquals(List.of(a, b), a.then(Duration.epochs(1), b).parts());
    assertEquals(List.of(a), a.warmup(Duration.epochs(1)).parts());
    assertEquals(List.of(b), b.repeat(Duration.epochs(1)).parts());
    assertEquals(List.of(b, a), b.times(a).parts());
    Schedule lambda = progress -> 1;
    assertEquals(List.of(), lambda.parts());
    record Mute(Schedule hidden) implements Schedule {
      @Override
      public double at(Progress progress) {
        return hidden.at(progress);
      }

      @Override
      public Schedule hidden() {
        throw new IllegalStateException();
      }
    }
    assertEquals(List.of(), new Mute(a).parts());
    assertTrue(a.monitored().isEmpty());
    assertTrue(a.boundaries(Progress.at(0, 1, 1)).isEmpty());
  }

  @Example
  void nothingIsMissing() {
    Schedule one = new Constant(1);
    Duration time = Duration.epochs(1);
    assertMissing(() -> new Sequence(List.of(one), nothing()));
    assertMissing(() -> new Product(nothing()));
    assertMissing(() -> PluginType.check(new Shift(one, nothing())));
    assertMissing(() -> PluginType.check(new Shift(nothing(), time)));
    assertMissing(() -> PluginType.check(new Repeat(nothing(), time, 0)));
    assertMissing(() -> PluginType.check(new Scale(nothing(), 1)));
    assertMissing(() -> one.then(nothing(), one));
    assertMissing(() -> one.then(time, nothing()));
    assertMissing(() -> one.warmup(nothing()));
    assertMissing(() -> one.shift(nothing()));
    assertMissing(() -> one.repeat(nothing()));
    assertMissing(() -> one.times(nothing()));
  }

  private static void assertMissing(Executable construction) {
    assertThrows(NullPointerException.class, construction);
  }

  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  private static <T> T nothing() {
    return null;
  }

  /** What is read per iteration, read per epoch; nothing else has such a reading. */
  @Example
  void aScheduleMayBeReadPerEpochInstead() {
    Schedule perIteration =
        new WarmupBuilder(1, Duration.epochs(2), Unit.ITERATION).fromIs(Relative.VALUE).build();
    PerEpoch reading = perIteration.perEpoch().orElseThrow();
    assertEquals(
        new WarmupBuilder(1, Duration.epochs(2), Unit.EPOCH).fromIs(Relative.VALUE).build(),
        reading.schedule());
    assertEquals(
        "warmup(schedule=1, over=2ep, from=0, from_is=value, curve=linear, offset=0, clock=after)"
            + " per epoch",
        Catalogue.print(reading.schedule()));
    assertTrue(reading.schedule().perEpoch().isEmpty());
    assertTrue(new Constant(1).perEpoch().isEmpty());
    Schedule lambda = progress -> 1;
    assertTrue(lambda.perEpoch().isEmpty());
  }

  /** After its last time a repetition knows the metrics of that time, no earlier and no later. */
  @Example
  void aRepetitionEndsWithItsLastTime() {
    Schedule epochs =
        progress ->
            progress.metrics().epochs() > 0
                ? 10 * progress.metrics().epochs() + progress.metrics().value("m", 0)
                : 0;
    MetricHistory history =
        new MetricHistory() {
          @Override
          public int epochs() {
            return 10;
          }

          @Override
          public double value(String metric, int epoch) {
            return epoch;
          }
        };
    Schedule repeat = new Repeat(epochs, Duration.epochs(2), 3);
    Cursor cursor = new Cursor(5, 50, history);
    assertEquals(10 + 2, repeat.at(cursor.moveTo(15)));
    assertEquals(10 + 4, repeat.at(cursor.moveTo(29)));
    assertEquals(20 + 4, repeat.at(cursor.moveTo(30)));
    assertEquals(20 + 4, repeat.at(cursor.moveTo(50)));
  }
}
