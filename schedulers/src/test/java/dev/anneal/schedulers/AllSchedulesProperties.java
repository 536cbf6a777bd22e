package dev.anneal.schedulers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.core.schedule.Constant;
import dev.anneal.core.schedule.Curve;
import dev.anneal.core.schedule.Progress;
import dev.anneal.core.schedule.Relative;
import dev.anneal.core.schedule.Schedule;
import dev.anneal.core.schedule.Span;
import dev.anneal.core.schedule.Unit;
import dev.anneal.core.spec.Catalogue;
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
    Arbitrary<Double> positive = positive();
    Arbitrary<Double> any = Arbitraries.oneOf(Arbitraries.just(0.0), positive);
    Arbitrary<Unit> per = Arbitraries.of(Unit.class);
    Arbitrary<Span.Measure> measure = Arbitraries.of(Span.Measure.class);
    Arbitrary<Span> over = Combinators.combine(any, measure).as(Span::new);
    Arbitrary<Span> every = Combinators.combine(positive, measure).as(Span::new);
    return Arbitraries.oneOf(
        any.map(Constant::new),
        Combinators.combine(any, any, positive, over, per)
            .as((a, b, c, d, e) -> new Polynomial(a, b, c, d, false, 1, e)),
        Combinators.combine(any, any, Arbitraries.of(Form.class), per).as(TimeBased::new),
        Combinators.combine(any, any, per).as(Exponential::new),
        Combinators.combine(any, positive, every, Arbitraries.integers().between(0, 1), per)
            .as(Step::new),
        closedForms());
  }

  private static Arbitrary<Schedule> closedForms() {
    Arbitrary<Double> positive = positive();
    Arbitrary<Double> any = Arbitraries.oneOf(Arbitraries.just(0.0), positive);
    Arbitrary<Double> tangent = Arbitraries.doubles().between(-100, 100);
    Arbitrary<Unit> per = Arbitraries.of(Unit.class);
    Arbitrary<Relative> relative = Arbitraries.of(Relative.class);
    Arbitrary<Span.Measure> measure = Arbitraries.of(Span.Measure.class);
    Arbitrary<Span> over = Combinators.combine(any, measure).as(Span::new);
    Arbitrary<Span> every = Combinators.combine(positive, measure).as(Span::new);
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
                        new CosineRestarts(
                            initial,
                            floor,
                            is,
                            period,
                            longer,
                            higher,
                            multiplies,
                            cycles,
                            k,
                            unit))),
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
  private static List<Span> times(List<Double> values, double length, Span.Measure unit) {
    return IntStream.range(1, values.size())
        .mapToObj(i -> new Span(Math.min(i * length, HUGE), unit))
        .toList();
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
