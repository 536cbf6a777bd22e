package dev.anneal.schedulers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.anneal.api.Framework;
import dev.anneal.api.InputException;
import dev.anneal.api.schedule.Clamp;
import dev.anneal.api.schedule.Constant;
import dev.anneal.api.schedule.Cursor;
import dev.anneal.api.schedule.Curve;
import dev.anneal.api.schedule.Duration;
import dev.anneal.api.schedule.MetricHistory;
import dev.anneal.api.schedule.Product;
import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Relative;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.api.schedule.Sequence;
import dev.anneal.api.schedule.Unit;
import dev.anneal.api.schedule.Warmup;
import dev.anneal.api.schedule.WarmupBuilder;
import dev.anneal.schedulers.Plateau.Mode;
import dev.anneal.schedulers.TimeBased.Form;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;

/** Those that depend on their own past, against loops that have one. */
class MetricRecurrenceProperties {
  private static final Schedule FALLING =
      new LinearWithWarmupBuilder(0.1, Duration.epochs(2), Unit.ITERATION).end(0.01).build();

  record GreedyCase(Greedy schedule, Recorded metrics) {}

  @Provide
  Arbitrary<GreedyCase> greedy() {
    return Combinators.combine(
            Arbitraries.of(Mode.class),
            Arbitraries.of(0.3, 0.5, 0.95),
            Arbitraries.integers().between(0, 3),
            Arbitraries.of(0.0, 1e-6, 0.3),
            Arbitraries.of(Relative.class),
            Arbitraries.integers().between(0, 15),
            Arbitraries.of(0.0, 0.001, 0.03, 0.2),
            Combinators.combine(
                    Arbitraries.integers().between(1, 4), Arbitraries.integers().between(1, 3))
                .as(List::of))
        .as((mode, factor, patience, delta, deltaIs, waits, floor, more) ->
            new GreedyBuilder(0.1)
                .monitor("loss")
                .mode(mode)
                .factor(factor)
                .patience(patience)
                .delta(delta)
                .deltaIs(deltaIs)
                .cooldown(waits % 4)
                .warmup(waits / 4)
                .floor(floor)
                .ceiling(0.25)
                .leastChange(1e-8)
                .window(more.get(0))
                .reset(more.get(1))
                .build())
        .flatMap(schedule -> Recorded.any().map(metrics -> new GreedyCase(schedule, metrics)));
  }

  @Property
  void greedyIsThatOfTransformers(@ForAll("greedy") GreedyCase each) {
    Greedy g = each.schedule();
    Cursor run = each.metrics().run(2);
    double worst = g.mode() == Mode.MIN ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    Deque<Double> window = new ArrayDeque<>();
    double lr = 0.1;
    double best = worst;
    int good = 0;
    int bad = 0;
    int cooling = 0;
    int warming = 0;
    int untilReset = g.reset();
    int seen = 0;
    assertEquals(lr, g.at(run));
    for (int epoch = 0; epoch < each.metrics().epochs(); epoch++) {
      window.addLast(each.metrics().values()[epoch]);
      if (window.size() > g.window()) {
        window.removeFirst();
      }
      double sum = 0;
      for (double metric : ring(window, ++seen, g.window())) {
        sum += metric;
      }
      double current = sum / window.size();
      if (cooling > 0) {
        cooling--;
        bad = 0;
        good = 0;
      } else if (warming > 0) {
        warming--;
        bad = 0;
        good = 0;
      } else {
        if (improves(g, current, best)) {
          best = current;
          bad = 0;
          good++;
        } else {
          bad++;
          good = 0;
        }
        if (good > g.patience()) {
          double raised = Math.min(lr / g.factor(), g.ceiling());
          if (raised - lr > 1e-8) {
            lr = raised;
          }
          untilReset = g.reset();
          warming = g.warmup();
          good = 0;
        } else if (bad > g.patience()) {
          double reduced = Math.max(lr * g.factor(), g.floor());
          if (lr - reduced > 1e-8) {
            lr = reduced;
          }
          if (!(lr > g.floor()) && --untilReset <= 0) {
            lr = 0.1;
            best = worst;
            good = 0;
            warming = 0;
            window.clear();
            untilReset = g.reset();
            seen = 0;
          }
          cooling = g.cooldown();
          bad = 0;
        }
      }
      assertEquals(lr, g.at(run.moveTo(2L * (epoch + 1))), 1e-13, "after epoch " + epoch);
    }
  }

  /** The window in the order of a ring buffer, so that sums round alike. */
  private static List<Double> ring(Deque<Double> window, int seen, int size) {
    List<Double> ordered = new ArrayList<>(Collections.nCopies(window.size(), 0.0));
    int i = seen - window.size();
    for (double metric : window) {
      ordered.set(i++ % size, metric);
    }
    return ordered;
  }

  private static boolean improves(Greedy g, double metric, double best) {
    boolean relative = g.deltaIs() == Relative.FRACTION;
    if (g.mode() == Mode.MIN) {
      return metric < (relative ? best * (1 - g.delta()) : best - g.delta());
    }
    return metric > (relative ? best * (1 + g.delta()) : best + g.delta());
  }

  @Example
  void aFloorAboveTheCeilingIsRefused() {
    assertThrows(
        InputException.class,
        () ->
            new GreedyBuilder(1)
                .monitor("loss")
                .factor(0.5)
                .patience(1)
                .delta(0)
                .floor(2)
                .leastChange(0)
                .reset(1)
                .build());
  }

  /** What a change must exceed is not enough for it. */
  @Example
  void aChangeOfJustTheLeastIsNotMade() {
    Recorded better = new Recorded(3, 2, 1);
    Recorded worse = new Recorded(1, 2, 3);
    assertEquals(1, greedy(1, 0, 8).at(better.run(1).moveTo(1)));
    assertEquals(2, greedy(0.99, 0, 8).at(better.run(1).moveTo(1)));
    assertEquals(1, greedy(1, 0, 8).at(worse.run(1).moveTo(3)));
    // The first metric is a better one, and raises; the next two are worse.
    assertEquals(1, greedy(0.99, 0, 8).at(worse.run(1).moveTo(2)));
    assertEquals(1, greedy(0.5, 0, 8).at(worse.run(1).moveTo(3)));
    assertEquals(0.5, greedy(0.49, 0, 8).at(worse.run(1).moveTo(3)));
  }

  @Example
  void aFloorMayBeTheCeiling() {
    Greedy held = greedy(0, 1, 1);
    for (int epoch = 0; epoch <= 3; epoch++) {
      assertEquals(1, held.at(new Recorded(3, 2, 9).run(1).moveTo(epoch)));
    }
  }

  /** Training then says which schedule it is. */
  @Example
  void aGreedyRateThatIsNoNumberStaysNone() {
    Greedy none =
        new GreedyBuilder(progress -> Double.NaN)
            .monitor("loss")
            .factor(0.5)
            .patience(1)
            .delta(0)
            .floor(0)
            .leastChange(0)
            .reset(1)
            .build();
    assertEquals(Double.NaN, none.at(Progress.at(3, 2, 10)));
  }

  private static Greedy greedy(double leastChange, double floor, double ceiling) {
    return new GreedyBuilder(1)
        .monitor("m")
        .factor(0.5)
        .patience(0)
        .delta(0)
        .floor(floor)
        .ceiling(ceiling)
        .leastChange(leastChange)
        .reset(9)
        .build();
  }

  /** What a metric drives changes where the schedule does, and says which metric. */
  @Example
  void boundariesAreThoseOfTheSchedule() {
    Progress run = Progress.at(0, 5, 20);
    for (Schedule driven :
        List.of(
            new GreedyBuilder(FALLING)
                .monitor("m")
                .factor(0.5)
                .patience(0)
                .delta(0)
                .cooldown(1)
                .warmup(1)
                .floor(0)
                .leastChange(0)
                .window(2)
                .reset(2)
                .build(),
            new PlateauBuilder(FALLING).monitor("m").factor(0.5).patience(1).delta(0).build(),
            new SpikeGuardBuilder(FALLING)
                .monitor("m")
                .threshold(1.5)
                .factor(0.5)
                .over(Duration.epochs(2))
                .build())) {
      assertEquals(2, driven.boundaries(run).size());
      assertEquals(FALLING.boundaries(run), driven.boundaries(run));
      assertEquals(Optional.of("m"), driven.monitored());
    }
  }

  /** Just the threshold is no spike yet, and a metric as good as the best is none. */
  @Example
  void aSpikeIsBeyondTheThreshold() {
    var guard =
        new SpikeGuardBuilder(1)
            .monitor("m")
            .threshold(1.5)
            .factor(0.5)
            .over(Duration.epochs(1))
            .build();
    assertEquals(1, guard.at(new Recorded(2, 3).run(1).moveTo(2)));
    assertEquals(0.5, guard.at(new Recorded(2, 3.1).run(1).moveTo(2)));
    assertEquals(1, guard.at(new Recorded(-2, -1).run(1).moveTo(2)));
    assertEquals(0.5, guard.at(new Recorded(-2, -0.9).run(1).moveTo(2)));
  }

  @Property
  void theGuardStaysUpForItsTime(
      @ForAll("recorded") Recorded metrics,
      @ForAll @Scale(9) @DoubleRange(min = 1, max = 3) double threshold,
      @ForAll @IntRange(max = 4) int over) {
    var guard =
        new SpikeGuardBuilder(FALLING)
            .monitor("loss")
            .threshold(threshold)
            .factor(0.5)
            .over(Duration.epochs(over))
            .build();
    Cursor run = metrics.run(4);
    double best = Double.POSITIVE_INFINITY;
    int guardedUntil = 0;
    for (int epoch = 0; epoch <= metrics.epochs(); epoch++) {
      for (int batch = 0; batch < 4; batch++) {
        double rate = FALLING.at(run.moveTo(4L * epoch + batch));
        assertEquals(epoch < guardedUntil ? rate * 0.5 : rate, guard.at(run));
      }
      if (epoch < metrics.epochs()) {
        double metric = metrics.values()[epoch];
        double bar = best < 0 ? best + (threshold - 1) * -best : best * threshold;
        if (Double.isNaN(metric) || Double.isInfinite(metric)) {
          guardedUntil = epoch + 1 + over;
        } else {
          if (metric > bar && Math.abs(metric - bar) > 1e-12) {
            guardedUntil = epoch + 1 + over;
          } else if (metric != bar && Math.abs(metric - bar) <= 1e-12) {
            return; // too close to call
          }
          best = Math.min(best, metric);
        }
      }
    }
  }

  @Provide
  Arbitrary<Recorded> recorded() {
    return Recorded.any();
  }

  @Property
  void multiplicativeMultipliesTickByTick(
      @ForAll @IntRange(min = 1, max = 7) int perEpoch, @ForAll Unit per) {
    // A factor that differs from iteration to iteration shows at which one it is read.
    Schedule factor = progress -> 1 - 1.0 / (2 + progress.iteration());
    var schedule = new Multiplicative(0.1, factor, per);
    Cursor run = new Cursor(perEpoch, 100, MetricHistory.NONE);
    double lr = 0.1;
    for (int t = 0; t < 100; t++) {
      if (t > 0 && (per == Unit.ITERATION || t % perEpoch == 0)) {
        lr = lr * (1 - 1.0 / (2 + t));
      }
      assertEquals(lr, schedule.at(run.moveTo(t)));
    }
  }

  @Example
  void aProductBeyondAllNumbersIsTheLargest() {
    Schedule schedule = new Multiplicative(1, new Constant(1e300), Unit.ITERATION);
    Cursor run = new Cursor(1, 10, MetricHistory.NONE);
    assertEquals(Double.MAX_VALUE, schedule.at(run.moveTo(2)));
    assertEquals(Double.MAX_VALUE, schedule.at(run.moveTo(3)));
  }

  @Provide
  Arbitrary<Schedule> recurrences() {
    Arbitrary<Schedule> recurrence =
        Arbitraries.of(
            new TimeBased(0.1, 0.01, Form.RECURSIVE, Unit.ITERATION),
            new TimeBased(0.1, 0.01, Form.RECURSIVE, Unit.EPOCH),
            new Multiplicative(0.1, new Constant(0.97), Unit.ITERATION),
            new Multiplicative(
                1,
                new PlateauBuilder(1).monitor("m").factor(0.5).patience(1).delta(0).build(),
                Unit.EPOCH),
            new PlateauBuilder(FALLING)
                .monitor("m")
                .factor(0.5)
                .patience(1)
                .delta(0)
                .cooldown(1)
                .floor(1e-3)
                .build(),
            new PlateauBuilder(FALLING)
                .monitor("m")
                .mode(Mode.MAX)
                .factor(0.5)
                .patience(0)
                .delta(0)
                .floor(1e-3)
                .dialect(Framework.TORCH)
                .build(),
            new GreedyBuilder(FALLING)
                .monitor("m")
                .factor(0.5)
                .patience(0)
                .delta(0)
                .cooldown(1)
                .warmup(1)
                .floor(1e-3)
                .leastChange(0)
                .window(2)
                .reset(2)
                .build(),
            new SpikeGuardBuilder(FALLING)
                .monitor("m")
                .threshold(1.5)
                .factor(0.5)
                .over(Duration.epochs(2))
                .build());
    Arbitrary<Schedule> one =
        Combinators.combine(recurrence, recurrence, Arbitraries.integers().between(0, 60))
            .flatAs((a, b, n) ->
                Arbitraries.of(
                    a,
                    new Sequence(List.of(a, b), List.of(Duration.iterations(n))),
                    a.warmup(Duration.iterations(n)),
                    new WarmupBuilder(a, Duration.iterations(n), Unit.ITERATION)
                        .clock(Warmup.Clock.DURING)
                        .build(),
                    a.repeat(Duration.iterations(n + 1)),
                    new Product(List.of(a, b)),
                    new SwaBuilder(
                            a,
                            0.01,
                            Duration.iterations(n),
                            Duration.iterations(10),
                            Unit.ITERATION)
                        .curve(Curve.LINEAR)
                        .build(),
                    new PlateauBuilder(a)
                        .monitor("m")
                        .factor(0.5)
                        .patience(1)
                        .delta(0)
                        .dialect(Framework.TORCH)
                        .build(),
                    new Clamp(a, 0, 1)));
    return one;
  }

  @Property(tries = 300)
  void readingInAnyOrderGivesTheBitsOfAFreshCursor(
      @ForAll("recurrences") Schedule schedule,
      @ForAll("recorded") Recorded metrics,
      @ForAll @IntRange(min = 1, max = 7) int perEpoch,
      @ForAll Random random) {
    int total = (metrics.epochs() + 1) * perEpoch;
    List<Integer> order = new ArrayList<>(IntStream.range(0, total).boxed().toList());
    Collections.shuffle(order, random);
    Cursor one = metrics.run(perEpoch);
    Cursor other = metrics.run(perEpoch);
    for (int t : order) {
      double fresh = schedule.at(metrics.run(perEpoch).moveTo(t));
      assertEquals(fresh, schedule.at(one.moveTo(t)));
      schedule.at(other.moveTo(random.nextInt(total)));
      assertEquals(fresh, schedule.at(other.moveTo(t)));
    }
  }

  /** A run knows the metrics of past epochs only, a reader of its record those of all. */
  @Property
  void theFutureDoesNotMatter(
      @ForAll("recurrences") Schedule schedule,
      @ForAll("recorded") Recorded metrics,
      @ForAll @IntRange(min = 1, max = 7) int perEpoch) {
    int total = (metrics.epochs() + 1) * perEpoch;
    int[] known = {0};
    MetricHistory growing =
        new MetricHistory() {
          @Override
          public int epochs() {
            return known[0];
          }

          @Override
          public double value(String metric, int epoch) {
            return epoch < known[0] ? metrics.value(metric, epoch) : Double.NaN;
          }
        };
    Cursor live = new Cursor(perEpoch, total, growing);
    Cursor record = metrics.run(perEpoch);
    for (int t = 0; t < total; t++) {
      known[0] = t / perEpoch;
      assertEquals(schedule.at(record.moveTo(t)), schedule.at(live.moveTo(t)));
    }
  }

  @Example
  void afterAWarmupAPlateauSeesItsOwnEpochsOnly() {
    Plateau plateau = new PlateauBuilder(0.1).monitor("m").factor(0.1).patience(2).delta(0).build();
    Schedule schedule = plateau.warmup(Duration.epochs(3));
    // The best of the warm-up is not the one to beat.
    Recorded metrics = new Recorded(0.1, 0.1, 0.1, 5, 4, 4, 4, 4);
    Cursor run = metrics.run(10);
    assertEquals(0.1, schedule.at(run.moveTo(30)));
    assertEquals(0.1, schedule.at(run.moveTo(69)));
    assertEquals(0.01, schedule.at(run.moveTo(70)), 1e-17);
  }
}
