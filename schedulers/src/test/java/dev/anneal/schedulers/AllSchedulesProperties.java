package dev.anneal.schedulers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.Framework;
import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.schedule.Constant;
import dev.anneal.api.schedule.Curve;
import dev.anneal.api.schedule.Duration;
import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Relative;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.api.schedule.Unit;
import dev.anneal.schedulers.Cosine.After;
import dev.anneal.schedulers.CosineRestarts.Multiplies;
import dev.anneal.schedulers.PiecewiseConstant.Side;
import dev.anneal.schedulers.TimeBased.Form;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.constraints.IntRange;

/**
 * What holds for each built-in schedule with any parameters in range; the extremes are generated,
 * not added as edge cases.
 */
class AllSchedulesProperties {
  private static final double TINY = Double.MIN_VALUE;
  private static final double HUGE = Double.MAX_VALUE;

  private final Catalogue catalogue = Catalogue.of(List.of(new BuiltInSchedules()));

  @Property(edgeCases = EdgeCasesMode.NONE)
  void whatIsWrittenReadsBackEqual(@ForAll("schedules") Schedule schedule) {
    assertEquals(schedule, catalogue.schedule(Catalogue.print(schedule)));
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void theOrderOfReadingDoesNotMatter(
      @ForAll("schedules") Schedule schedule,
      @ForAll @IntRange(min = 1, max = 50) int perEpoch,
      @ForAll Random random) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, 200).boxed().toList());
    double[] forward = new double[order.size()];
    for (int t : order) {
      forward[t] = schedule.at(Progress.at(t, perEpoch, 150));
    }
    Collections.shuffle(order, random);
    for (int t : order) {
      assertEquals(forward[t], schedule.at(Progress.at(t, perEpoch, 150)));
    }
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void theValueIsFiniteAndNotNegative(
      @ForAll("schedules") Schedule schedule,
      @ForAll @IntRange(max = 100_000) int iteration,
      @ForAll @IntRange(min = 1, max = 100_000) int perEpoch,
      @ForAll @IntRange(min = 1, max = 100_000) int total) {
    double value = schedule.at(Progress.at(iteration, perEpoch, total));
    assertTrue(value >= 0 && value <= HUGE, () -> "" + value);
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void perEpochTheValueIsConstantWithinAnEpoch(
      @ForAll("schedules") Schedule schedule,
      @ForAll @IntRange(max = 100) int epoch,
      @ForAll @IntRange(min = 1, max = 1000) int perEpoch) {
    if (schedule instanceof Record plugin && plugin.toString().contains("per=EPOCH")) {
      long first = (long) epoch * perEpoch;
      assertEquals(
          schedule.at(Progress.at(first, perEpoch, 50_000)),
          schedule.at(Progress.at(first + perEpoch - 1, perEpoch, 50_000)));
    }
  }

  @Provide
  Arbitrary<Schedule> schedules() {
    return Arbitraries.oneOf(simple(), cyclesAndMetrics());
  }

  private static Arbitrary<Schedule> simple() {
    Arbitrary<Double> positive = positive();
    Arbitrary<Double> any = Arbitraries.oneOf(Arbitraries.just(0.0), positive);
    Arbitrary<Unit> per = Arbitraries.of(Unit.class);
    Arbitrary<Duration.Measure> measure = Arbitraries.of(Duration.Measure.class);
    Arbitrary<Duration> over = Combinators.combine(any, measure).as(Duration::new);
    Arbitrary<Duration> every = Combinators.combine(positive, measure).as(Duration::new);
    return Arbitraries.oneOf(
        any.map(Constant::new),
        Combinators.combine(any, any, positive, over, per)
            .as((a, b, c, d, e) -> new PolynomialBuilder(a, e).end(b).power(c).over(d).build()),
        Combinators.combine(any, any, Arbitraries.of(Form.class), per).as(TimeBased::new),
        Combinators.combine(any, any, per).as(Exponential::new),
        Combinators.combine(any, positive, every, Arbitraries.integers().between(0, 1), per)
            .as(StepDecay::new),
        closedForms());
  }

  private static Arbitrary<Schedule> closedForms() {
    Arbitrary<Double> positive = positive();
    Arbitrary<Double> any = Arbitraries.oneOf(Arbitraries.just(0.0), positive);
    Arbitrary<Double> tangent = Arbitraries.doubles().between(-100, 100);
    Arbitrary<Unit> per = Arbitraries.of(Unit.class);
    Arbitrary<Relative> relative = Arbitraries.of(Relative.class);
    Arbitrary<Duration.Measure> measure = Arbitraries.of(Duration.Measure.class);
    Arbitrary<Duration> over = Combinators.combine(any, measure).as(Duration::new);
    Arbitrary<Duration> every = Combinators.combine(positive, measure).as(Duration::new);
    Arbitrary<Boolean> flag = Arbitraries.of(true, false);
    Arbitrary<Integer> offset = Arbitraries.integers().between(0, 1);
    Arbitrary<List<Double>> values = any.list().ofMinSize(1).ofMaxSize(4);
    return Arbitraries.oneOf(
        Combinators.combine(any, any, over, per).as(Linear::new),
        Combinators.combine(any, any, positive, over, flag, positive, per).as(Polynomial::new),
        Combinators.combine(any, positive, over.list().ofMaxSize(5), offset, per)
            .as(MultiStep::new),
        Combinators.combine(any, positive, every, flag, per).as(ExponentialDecay::new),
        Combinators.combine(any, any, every, flag, per).as(InverseTime::new),
        Combinators.combine(
                any, any, relative, over, positive, positive, Arbitraries.of(After.class), per)
            .as(Cosine::new),
        Combinators.combine(any, any, relative, every, positive, positive)
            .flatAs((initial, floor, is, period, longer, higher) ->
                Combinators.combine(
                        Arbitraries.of(Multiplies.class),
                        Arbitraries.longs().between(0, 10),
                        positive(),
                        Arbitraries.of(Unit.class))
                    .as((multiplies, cycles, k, unit) ->
                        new CosineRestartsBuilder(initial, period, unit)
                            .floor(floor)
                            .floorIs(is)
                            .periodMultiplier(longer)
                            .heightMultiplier(higher)
                            .multiplies(multiplies)
                            .cycles(cycles)
                            .kDecay(k)
                            .build())),
        Combinators.combine(any, any, over, tangent, tangent, per).as(Tanh::new),
        Combinators.combine(any, any, over, per).as(Rex::new),
        Combinators.combine(values, any, measure, Arbitraries.of(Side.class), per)
            .as((each, length, unit, side, clock) ->
                new PiecewiseConstant(each, times(each, length, unit), side, clock)),
        Combinators.combine(values, any, measure, Arbitraries.of(Curve.class), per)
            .as((each, length, unit, curve, clock) ->
                new PiecewiseLinear(each, times(each, length, unit), curve, clock)));
  }

  /** Ascending times, as many as there are values but the first. */
  private static List<Duration> times(List<Double> values, double length, Duration.Measure unit) {
    return IntStream.range(1, values.size())
        .mapToObj(i -> new Duration(Math.min(i * length, HUGE), unit))
        .toList();
  }

  private static Arbitrary<Schedule> cyclesAndMetrics() {
    Arbitrary<Double> positive = positive();
    Arbitrary<Double> any = Arbitraries.oneOf(Arbitraries.just(0.0), positive);
    Arbitrary<Double> part =
        Arbitraries.oneOf(Arbitraries.of(0.0, 1.0), Arbitraries.doubles().between(0, 1));
    Arbitrary<Double> below1 =
        Arbitraries.oneOf(Arbitraries.just(0.0), Arbitraries.doubles().between(0, 0.99));
    Arbitrary<Double> gamma =
        Arbitraries.oneOf(Arbitraries.of(TINY, 1.0), Arbitraries.doubles().between(0.01, 1));
    Arbitrary<Unit> per = Arbitraries.of(Unit.class);
    Arbitrary<Duration.Measure> measure = Arbitraries.of(Duration.Measure.class);
    Arbitrary<Duration> over = Combinators.combine(any, measure).as(Duration::new);
    Arbitrary<Duration> every = Combinators.combine(positive, measure).as(Duration::new);
    Arbitrary<Curve> curve = Arbitraries.of(Curve.class);
    Arbitrary<Curve> fromZero = curve.filter(each -> each != Curve.EXPONENTIAL);
    Arbitrary<Relative> relative = Arbitraries.of(Relative.class);
    Arbitrary<Schedule> inner = any.map(Constant::new);
    Arbitrary<Integer> few = Arbitraries.integers().between(0, 20);
    Arbitrary<Integer> some = Arbitraries.integers().between(1, 20);
    Arbitrary<Framework> dialect = Arbitraries.of(Dialects.of(OneCycle.class));
    Arbitrary<String> metric = Arbitraries.of("loss", "val_loss", "a metric, \"quoted\"");
    Arbitrary<Plateau.Mode> mode = Arbitraries.of(Plateau.Mode.class);
    return Arbitraries.oneOf(
        Combinators.combine(any, any, every, over, per).as(Triangular::new),
        Combinators.combine(any, any, every, over, per).as(Triangular2::new),
        Combinators.combine(any, any, every, over, gamma, per).as(ExpRange::new),
        Combinators.combine(
                Combinators.combine(any, part, positive, positive).as(List::of),
                Arbitraries.integers().between(2, 3),
                part,
                curve,
                dialect,
                over,
                per)
            .as((numbers, phases, pctFinal, shape, whose, length, unit) ->
                new OneCycleBuilder(numbers.get(0), unit)
                    .pctStart(numbers.get(1))
                    .div(numbers.get(2))
                    .finalDiv(numbers.get(3))
                    .phases(whose == Framework.FASTAI ? 2 : phases)
                    .pctFinal(pctFinal)
                    .curve(shape)
                    .dialect(whose)
                    .over(length)
                    .build()),
        Combinators.combine(
                below1, below1, part, Arbitraries.integers().between(2, 3), part, curve, over, per)
            .as((high, low, pct, phases, pctFinal, shape, length, unit) ->
                new OneCycleMomentumBuilder(unit)
                    .high(high)
                    .low(low)
                    .pctStart(pct)
                    .phases(phases)
                    .pctFinal(pctFinal)
                    .curve(shape)
                    .dialect(Framework.OPTAX)
                    .over(length)
                    .build()),
        Combinators.combine(any, over, per).as(ConstantWithWarmup::new),
        Combinators.combine(any, over, any, over, per).as(LinearWithWarmup::new),
        Combinators.combine(
                Combinators.combine(any, any, positive).as(List::of),
                over,
                relative,
                Arbitraries.of(Cosine.After.class),
                Arbitraries.integers().between(0, 1),
                over,
                per)
            .as((numbers, warmup, floorIs, after, offset, length, unit) ->
                new CosineWithWarmupBuilder(numbers.get(0), warmup, unit)
                    .floor(numbers.get(1))
                    .floorIs(floorIs)
                    .cycles(numbers.get(2))
                    .after(after)
                    .offset(offset)
                    .over(length)
                    .build()),
        Combinators.combine(any, over, any, positive, over, per).as(PolynomialWithWarmup::new),
        Combinators.combine(any, over, over, per).as(InverseSqrtWithWarmup::new),
        Combinators.combine(any, every, per).as(InverseSqrt::new),
        Combinators.combine(positive, over, any, per).as(Noam::new),
        Combinators.combine(any, over, over, any, relative, fromZero, fromZero, per)
            .as((peak, warmup, cooldown, floor, floorIs, up, down, unit) ->
                new WsdBuilder(peak, warmup, cooldown, unit)
                    .floor(floor)
                    .floorIs(floorIs)
                    .warmupCurve(up)
                    .cooldownCurve(down)
                    .build()),
        Combinators.combine(any, over, any, over, per).as(FlatCosine::new),
        Combinators.combine(any, some, over, per).as(Snapshot::new),
        Combinators.combine(inner, any, over, over, curve, per).as(Swa::new),
        Combinators.combine(any, inner, per).as(Multiplicative::new),
        Combinators.combine(inner, metric, mode, below1, few, any, relative)
            .flatAs((schedule, monitor, better, factor, patience, delta, deltaIs) ->
                Combinators.combine(few, any, Arbitraries.of(Dialects.of(Plateau.class)), any)
                    .as((cooldown, floor, whose, least) ->
                        new PlateauBuilder(schedule)
                            .monitor(monitor)
                            .mode(better)
                            .factor(factor)
                            .patience(patience)
                            .delta(delta)
                            .deltaIs(deltaIs)
                            .cooldown(cooldown)
                            .floor(floor)
                            .dialect(whose)
                            .leastChange(least)
                            .build())),
        Combinators.combine(
                inner, metric, mode, part.map(x -> Math.clamp(x, TINY, 0.999)), few, any, relative)
            .flatAs((schedule, monitor, better, factor, patience, delta, deltaIs) ->
                Combinators.combine(few, few, any, any, any, some, some)
                    .as((cooldown, warmup, floor, ceiling, least, window, reset) ->
                        new GreedyBuilder(schedule)
                            .monitor(monitor)
                            .mode(better)
                            .factor(factor)
                            .patience(patience)
                            .delta(delta)
                            .deltaIs(deltaIs)
                            .cooldown(cooldown)
                            .warmup(warmup)
                            .floor(Math.min(floor, ceiling))
                            .ceiling(Math.max(floor, ceiling))
                            .leastChange(least)
                            .window(window)
                            .reset(reset)
                            .build())),
        Combinators.combine(inner, metric, positive.map(x -> Math.max(1, x)), part, over)
            .as(SpikeGuard::new));
  }

  /** All magnitudes alike, the extremes among them. */
  private static Arbitrary<Double> positive() {
    return Arbitraries.oneOf(
        Arbitraries.of(TINY, Double.MIN_NORMAL, 1.0, HUGE),
        Arbitraries.doubles().between(0.01, 100),
        Arbitraries.longs()
            .between(Double.doubleToLongBits(TINY), Double.doubleToLongBits(HUGE))
            .withDistribution(RandomDistribution.uniform())
            .map(Double::longBitsToDouble));
  }
}
