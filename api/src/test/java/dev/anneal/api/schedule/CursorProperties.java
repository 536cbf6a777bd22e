package dev.anneal.api.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class CursorProperties {
  /** Metric {@code m} of epoch e is 100 + e. */
  @Example
  void whichWayOfAMetricIsUpTheHistoryKnows() {
    MetricHistory history =
        new MetricHistory() {
          @Override
          public int epochs() {
            return 0;
          }

          @Override
          public double value(String metric, int epoch) {
            return Double.NaN;
          }

          @Override
          public boolean moreIsBetter(String metric) {
            return metric.equals("val_auc");
          }
        };
    MetricHistory seen = new Cursor(1, 1, history).metrics();
    assertTrue(seen.moreIsBetter("val_auc"));
    assertFalse(seen.moreIsBetter("val_accuracy"));
    assertTrue(MetricHistory.NONE.moreIsBetter("val_accuracy"));
    assertTrue(MetricHistory.NONE.moreIsBetter("accuracy"));
    assertFalse(MetricHistory.NONE.moreIsBetter("val_loss"));
  }

  private record Recorded(int epochs) implements MetricHistory {
    @Override
    public double value(String metric, int epoch) {
      assertEquals("m", metric);
      return 100.0 + epoch;
    }
  }

  /** What a schedule sees where it is read. */
  private record Sight(long iteration, long epoch, int perEpoch, long total, List<Double> metrics) {
    static Sight of(Progress progress) {
      List<Double> metrics = new ArrayList<>();
      for (int e = 0; e < progress.metrics().epochs(); e++) {
        metrics.add(progress.metrics().value("m", e));
      }
      return new Sight(
          progress.iteration(),
          progress.epoch(),
          progress.iterationsPerEpoch(),
          progress.totalIterations(),
          metrics);
    }
  }

  private static final class Looking implements Schedule {
    Sight last = new Sight(0, 0, 0, 0, List.of());

    @Override
    public double at(Progress progress) {
      last = Sight.of(progress);
      return last.iteration;
    }
  }

  /** Runs over all the run's epochs and picks those that lie in the part and are over. */
  private static List<Double> metricsOfPart(long start, long now, int perEpoch, int recorded) {
    List<Double> metrics = new ArrayList<>();
    for (int e = 0; e < recorded; e++) {
      if ((long) e * perEpoch >= start && (long) (e + 1) * perEpoch <= now) {
        metrics.add(100.0 + e);
      }
    }
    return metrics;
  }

  @Property
  void aPartHasItsOwnClockLengthAndMetrics(
      @ForAll @IntRange(min = 1, max = 12) int perEpoch,
      @ForAll @IntRange(max = 200) int iteration,
      @ForAll @IntRange(min = -50, max = 250) int start,
      @ForAll @IntRange(min = -5, max = 300) int length,
      @ForAll @IntRange(max = 30) int recorded) {
    Looking looking = new Looking();
    Cursor cursor = new Cursor(perEpoch, 200, new Recorded(recorded)).moveTo(iteration);
    cursor.read(looking, start, length);
    long local = Math.max(0, iteration - start);
    assertEquals(
        new Sight(
            local,
            local / perEpoch,
            perEpoch,
            Math.max(1, length),
            metricsOfPart(start, start + local, perEpoch, recorded)),
        looking.last);
  }

  @Property
  void partsNestLikeTheSumOfTheirStarts(
      @ForAll @IntRange(min = 1, max = 12) int perEpoch,
      @ForAll @IntRange(max = 200) int iteration,
      @ForAll @IntRange(max = 60) int first,
      @ForAll @IntRange(max = 60) int second,
      @ForAll @IntRange(max = 60) int third) {
    Looking looking = new Looking();
    Schedule nested = p -> p.read(q -> q.read(looking, third, 7), second, 70);
    Cursor cursor = new Cursor(perEpoch, 200, new Recorded(20)).moveTo(iteration);
    cursor.read(nested, first, 100);
    Sight sight = looking.last;
    long local = Math.max(0, Math.max(0, Math.max(0, iteration - first) - second) - third);
    long start = first + second + third;
    assertEquals(local, sight.iteration);
    assertEquals(7, sight.total);
    assertEquals(metricsOfPart(start, start + local, perEpoch, 20), sight.metrics);
    // The outer views are as before.
    assertEquals(iteration, cursor.iteration());
    assertEquals(200, cursor.totalIterations());
  }

  @Property
  void theWholeRunIsItsOwnPart(
      @ForAll @IntRange(min = 1, max = 12) int perEpoch,
      @ForAll @IntRange(max = 200) int iteration,
      @ForAll @IntRange(max = 30) int recorded) {
    Looking looking = new Looking();
    Cursor cursor = new Cursor(perEpoch, 150, new Recorded(recorded)).moveTo(iteration);
    cursor.read(looking, 0, 150);
    assertEquals(Sight.of(cursor), looking.last);
    assertEquals(metricsOfPart(0, iteration, perEpoch, recorded), looking.last.metrics);
  }

  @Property
  void noTimeGoesRound(
      @ForAll @LongRange(min = 0) long iteration,
      @ForAll long start,
      @ForAll long inner,
      @ForAll long length,
      @ForAll @IntRange(min = 1) int perEpoch) {
    Looking looking = new Looking();
    Cursor cursor = new Cursor(perEpoch, Long.MAX_VALUE, new Recorded(3)).moveTo(iteration);
    cursor.read(looking, start, length);
    BigInteger since = BigInteger.valueOf(iteration).subtract(BigInteger.valueOf(start));
    BigInteger clamped = since.max(BigInteger.ZERO).min(BigInteger.valueOf(Long.MAX_VALUE));
    assertEquals(clamped.longValueExact(), looking.last.iteration);
    assertEquals(Math.max(1, length), looking.last.total);
    cursor.read(p -> p.read(looking, inner, length), start, length);
    Sight sight = looking.last;
    assertEquals(0, Math.min(0, sight.iteration));
    assertEquals(sight.metrics.size(), Math.min(3, sight.metrics.size()));
  }

  @Example
  void aPartBeyondAllTimeHasNoMetrics() {
    Looking looking = new Looking();
    Cursor cursor = new Cursor(10, 100, new Recorded(5)).moveTo(50);
    cursor.read(looking, Long.MAX_VALUE, 1);
    assertEquals(new Sight(0, 0, 10, 1, List.of()), looking.last);
    cursor.read(p -> p.read(looking, Long.MAX_VALUE, 1), Long.MAX_VALUE, 1);
    assertEquals(new Sight(0, 0, 10, 1, List.of()), looking.last);
    // One that began before the run knows what the run knows.
    cursor.read(looking, Long.MIN_VALUE, 1, 0);
    assertEquals(List.of(), looking.last.metrics);
    cursor.read(p -> p.read(looking, Long.MIN_VALUE, 1, 3), -1, 1);
    assertEquals(List.of(), looking.last.metrics);
  }

  @Example
  void aPartThatBeginsMidEpochCountsTheEpochsThatBeganInIt() {
    Looking looking = new Looking();
    Cursor cursor = new Cursor(10, 100, new Recorded(10));
    // It begins within epoch 1, so epoch 2 is its first; that is over at update 30.
    cursor.moveTo(29).read(looking, 11, 50);
    assertEquals(List.of(), looking.last.metrics);
    cursor.moveTo(30).read(looking, 11, 50);
    assertEquals(List.of(102.0), looking.last.metrics);
    cursor.moveTo(30).read(looking, 10, 50);
    assertEquals(List.of(101.0, 102.0), looking.last.metrics);
  }

  @Example
  void aRunReadAgainDoesNotKnowTheFuture() {
    Cursor cursor = new Cursor(10, 100, new Recorded(10));
    assertEquals(0, cursor.moveTo(9).metrics().epochs());
    assertEquals(1, cursor.moveTo(10).metrics().epochs());
    assertEquals(10, cursor.moveTo(1000).metrics().epochs());
    MetricHistory metrics = cursor.moveTo(25).metrics();
    assertEquals(101, metrics.value("m", 1));
    assertEquals(
        "no epoch 2 among 2",
        assertThrows(IndexOutOfBoundsException.class, () -> metrics.value("m", 2)).getMessage());
    assertThrows(IndexOutOfBoundsException.class, () -> metrics.value("m", -1));
  }

  @Example
  void aCursorStandsAtAnUpdateOfARun() {
    Cursor cursor = new Cursor(4, 8, MetricHistory.NONE);
    assertEquals(0, cursor.iteration());
    cursor.advance();
    assertEquals(1, cursor.iteration());
    assertEquals(7, cursor.moveTo(7).iteration());
    assertEquals(1, cursor.epoch());
    assertEquals(4, cursor.iterationsPerEpoch());
    assertEquals(8, cursor.totalIterations());
    assertEquals(0, MetricHistory.NONE.epochs());
    assertThrows(IndexOutOfBoundsException.class, () -> MetricHistory.NONE.value("loss", 0));
    assertEquals(
        "no such position: iteration -1",
        assertThrows(IllegalArgumentException.class, () -> cursor.moveTo(-1)).getMessage());
    assertEquals(
        "no such run: 0 iterations per epoch, 8 in total",
        assertThrows(IllegalArgumentException.class, () -> new Cursor(0, 8, MetricHistory.NONE))
            .getMessage());
    assertThrows(IllegalArgumentException.class, () -> new Cursor(1, 0, MetricHistory.NONE));
    new Cursor(1, 1, MetricHistory.NONE).moveTo(0);
  }

  /** Far from now in both directions, a part of a part is where the sum of the starts says. */
  @Property
  void startsAddUpOrAreBeyondAllTime(
      @ForAll long first, @ForAll long second, @ForAll @IntRange(max = 5) int recorded) {
    List<Double> seen = new ArrayList<>();
    Schedule counting =
        progress -> {
          seen.add((double) progress.metrics().epochs());
          return 0;
        };
    Cursor cursor = new Cursor(1, 100, new Recorded(recorded));
    cursor.read(part -> part.read(counting, second, 1, 3), first, 1, 0);
    BigInteger start =
        saturated(saturated(BigInteger.valueOf(first)).add(BigInteger.valueOf(second)));
    BigInteger end = saturated(start.add(BigInteger.valueOf(3)));
    long from = start.max(BigInteger.ZERO).min(BigInteger.valueOf(1000)).longValueExact();
    long to = end.max(BigInteger.ZERO).min(BigInteger.valueOf(recorded)).longValueExact();
    assertEquals(List.of((double) Math.max(0, to - from)), seen);
  }

  private static BigInteger saturated(BigInteger value) {
    return value.min(BigInteger.valueOf(Long.MAX_VALUE)).max(BigInteger.valueOf(Long.MIN_VALUE));
  }

  @Example
  void startsFarApartDoNotGoRound() {
    Looking looking = new Looking();
    Cursor cursor = new Cursor(10, 100, new Recorded(5)).moveTo(50);
    // Both before all time, with so long a way that their sum would be in the future.
    cursor.read(p -> p.read(looking, Long.MIN_VALUE, 1, 60), Long.MIN_VALUE, 1, 0);
    assertEquals(List.of(), looking.last.metrics);
    cursor.read(p -> p.read(looking, Long.MIN_VALUE, 1, Long.MAX_VALUE), -1, 1, 0);
    assertEquals(List.of(), looking.last.metrics);
    cursor.read(looking, -100, 1, 130);
    assertEquals(List.of(100.0, 101.0, 102.0), looking.last.metrics);
  }
}
