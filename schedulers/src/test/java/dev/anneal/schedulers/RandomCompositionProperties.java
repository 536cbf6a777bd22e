package dev.anneal.schedulers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.schedule.Boundary;
import dev.anneal.api.schedule.Constant;
import dev.anneal.api.schedule.Cursor;
import dev.anneal.api.schedule.Duration;
import dev.anneal.api.schedule.MetricHistory;
import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.api.schedule.Sequence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/**
 * Laws of all schedules together: compositions up to five deep of all that there is, in runs of all
 * shapes, driven by metrics of all kinds. What the laws mean, exactly:
 *
 * <ul>
 *   <li><b>Nesting</b>: inside one to five wrappers that say nothing (a sequence, product, sum,
 *       maximum or minimum of one, a factor of 1, bounds at infinity, a shift, a warm-up or a
 *       preceding schedule of no length, a repetition over the whole run), every update of the run
 *       reads the same bits.
 *   <li><b>Purity</b>: the bits at an update are the same from a cursor that came there in any
 *       order as from a fresh one.
 *   <li><b>Numbers</b>: every value is finite, in the run and beyond its end; nothing is thrown
 *       once a schedule is built; its text reads back equal; its boundaries ascend.
 *   <li><b>Jumps</b>: where all leaves are constant, the value changes from one update to the next
 *       only at a boundary declared to jump; in sequences of different constants it changes at each
 *       of them. Where the leaves are straight lines and the compositions keep a bound on the
 *       slope, no step is larger than the bound but at a declared jump.
 *   <li><b>Totals</b>: in sequences of sequences each update is read by exactly one leaf, which
 *       reads as many updates as its run is long; the lengths add up to the whole.
 * </ul>
 */
class RandomCompositionProperties {
  private static final int TRIES = 10_000;

  /** A run of some shape, whose metrics are random, sometimes missing, sometimes infinite. */
  private record Run(int perEpoch, long total, long seed) implements MetricHistory {
    static Run of(Random random) {
      int perEpoch = 1 + random.nextInt(random.nextBoolean() ? 3 : 30);
      long total = 1 + random.nextInt(random.nextInt(10) == 0 ? 3 : 200);
      return new Run(perEpoch, total, random.nextLong());
    }

    @Override
    public int epochs() {
      return (int) (total / perEpoch);
    }

    @Override
    public double value(String metric, int epoch) {
      Random random = new Random(seed + 31L * epoch + metric.hashCode());
      return switch (random.nextInt(20)) {
        case 0 -> Double.NaN;
        case 1 -> Double.POSITIVE_INFINITY;
        default -> Math.exp(random.nextGaussian()) / (1 + epoch);
      };
    }

    Cursor cursor() {
      return new Cursor(perEpoch, total, this);
    }

    /** The value at an update, for one who has seen nothing else. */
    double fresh(Schedule schedule, long iteration) {
      return schedule.at(cursor().moveTo(iteration));
    }
  }

  private static void assertSameBits(double expected, double actual, Object about) {
    assertEquals(
        Double.doubleToRawLongBits(expected),
        Double.doubleToRawLongBits(actual),
        () -> expected + " is not " + actual + ": " + about);
  }

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void nestingChangesNothing(@ForAll long seed) {
    Random random = new Random(seed);
    Run run = Run.of(random);
    RandomSchedules compositions = new RandomSchedules(random);
    Schedule schedule = compositions.next(1 + random.nextInt(5));
    Schedule wrapped = compositions.insideIdentities(schedule, 1 + random.nextInt(5));
    Cursor own = run.cursor();
    Cursor other = run.cursor();
    for (int i = 0; i < 12; i++) {
      long t = random.nextLong(run.total);
      assertSameBits(schedule.at(own.moveTo(t)), wrapped.at(other.moveTo(t)), wrapped);
    }
  }

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void theValueDependsOnThePositionAlone(@ForAll long seed) {
    Random random = new Random(seed);
    Run run = Run.of(random);
    Schedule schedule = new RandomSchedules(random).next(1 + random.nextInt(5));
    Cursor moved = run.cursor();
    for (int i = 0; i < 10; i++) {
      long t = random.nextLong(run.total + run.total / 2 + 1);
      double value = schedule.at(moved.moveTo(t));
      assertSameBits(run.fresh(schedule, t), value, schedule);
      assertSameBits(value, schedule.at(moved), schedule);
    }
  }

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void everyValueIsFiniteAndNothingIsThrown(@ForAll long seed) {
    Random random = new Random(seed);
    Run run = Run.of(random);
    Schedule schedule = new RandomSchedules(random).next(5);
    assertTrue(RandomSchedules.depth(schedule) <= 5);
    Cursor cursor = run.cursor();
    for (long t : new long[] {0, 1, run.perEpoch, run.total - 1, run.total, run.total + 1}) {
      assertFinite(schedule, cursor.moveTo(t));
    }
    for (int i = 0; i < 6; i++) {
      assertFinite(schedule, cursor.moveTo(random.nextLong(3 * run.total)));
    }
    long before = 0;
    for (Boundary boundary : schedule.boundaries(cursor)) {
      assertTrue(boundary.iteration() >= before, () -> boundary + " comes late: " + schedule);
      before = boundary.iteration();
      assertTrue(!boundary.name().isBlank());
    }
  }

  private static void assertFinite(Schedule schedule, Progress at) {
    double value = schedule.at(at);
    assertTrue(Double.isFinite(value), () -> value + " at " + at.iteration() + " of " + schedule);
  }

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void whatIsWrittenReadsBackEqual(@ForAll long seed) {
    Random random = new Random(seed);
    Schedule schedule = new RandomSchedules(random).next(1 + random.nextInt(5));
    String text = Catalogue.print(schedule);
    Schedule read = RandomSchedules.CATALOGUE.schedule(text);
    assertEquals(schedule, read);
    assertEquals(text, Catalogue.print(read));
  }

  /** Each leaf a constant that no other leaf has. */
  private static final class Constants {
    private final Random random;

    Constants(Random random) {
      this.random = random;
    }

    Schedule leaf() {
      return new Constant(1 + random.nextDouble());
    }

    Duration duration() {
      return switch (random.nextInt(3)) {
        case 0 -> Duration.iterations(1 + random.nextInt(100));
        case 1 -> Duration.epochs(random.nextInt(80) / 10.0 + 0.1);
        default -> Duration.percent(1 + random.nextInt(100));
      };
    }

    Schedule next(int depth) {
      if (depth <= 1) {
        return leaf();
      }
      Schedule a = next(depth - 1);
      return switch (random.nextInt(10)) {
        case 0, 1, 2 -> a.then(duration(), next(depth - 1));
        case 3 -> a.repeat(duration());
        case 4 -> a.shift(duration());
        case 5 -> a.scale(random.nextDouble());
        case 6 -> a.clamp(1.2, 1.8);
        case 7 -> a.times(next(depth - 1));
        case 8 -> a.plus(next(depth - 1));
        default -> random.nextBoolean() ? a.max(leaf()) : a.min(leaf());
      };
    }

    /** Sequences alone. */
    Schedule sequence(int depth) {
      return depth <= 1 ? leaf() : sequence(depth - 1).then(duration(), sequence(depth - 1));
    }
  }

  private static Set<Long> declaredJumps(Schedule schedule, Run run) {
    Set<Long> jumps = new TreeSet<>();
    for (Boundary boundary : schedule.boundaries(run.cursor())) {
      if (boundary.jumps() && boundary.iteration() > 0 && boundary.iteration() < run.total) {
        jumps.add(boundary.iteration());
      }
    }
    return jumps;
  }

  private static Set<Long> stepsAbove(double bound, Schedule schedule, Run run) {
    Set<Long> steps = new TreeSet<>();
    Cursor cursor = run.cursor();
    double before = schedule.at(cursor);
    for (long t = 1; t < run.total; t++) {
      double value = schedule.at(cursor.moveTo(t));
      if (Math.abs(value - before) > bound) {
        steps.add(t);
      }
      before = value;
    }
    return steps;
  }

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void constantsChangeOnlyAtDeclaredJumps(@ForAll long seed) {
    Random random = new Random(seed);
    Run run = Run.of(random);
    Schedule schedule = new Constants(random).next(1 + random.nextInt(5));
    Set<Long> undeclared = stepsAbove(0, schedule, run);
    undeclared.removeAll(declaredJumps(schedule, run));
    assertEquals(Set.of(), undeclared, () -> schedule + " in " + run);
  }

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void sequencesOfConstantsJumpAtEachDeclaredJump(@ForAll long seed) {
    Random random = new Random(seed);
    Run run = Run.of(random);
    Schedule schedule = new Constants(random).sequence(1 + random.nextInt(4));
    assertEquals(
        declaredJumps(schedule, run), stepsAbove(0, schedule, run), () -> schedule + " in " + run);
  }

  /** A schedule with bounds on its value and on what one update changes where it does not jump. */
  private record Sloped(Schedule schedule, double most, double slope) {
    /** Straight lines between values up to 1 in no less than so many updates. */
    static Sloped random(Random random, int depth, int updates) {
      if (depth <= 1) {
        double from = random.nextDouble();
        double to = random.nextDouble();
        Schedule line =
            RandomSchedules.CATALOGUE.schedule(
                "polynomial(%s, end=%s, over=%dit) per iteration"
                    .formatted(from, to, updates + random.nextInt(100)));
        return new Sloped(line, 1, 1.0 / updates);
      }
      Sloped a = random(random, depth - 1, updates);
      Duration duration = new Constants(random).duration();
      return switch (random.nextInt(9)) {
        case 0, 1 -> {
          Sloped b = random(random, depth - 1, updates);
          yield new Sloped(
              a.schedule.then(duration, b.schedule),
              Math.max(a.most, b.most),
              Math.max(a.slope, b.slope));
        }
        case 2 -> new Sloped(a.schedule.repeat(duration), a.most, a.slope);
        case 3 -> new Sloped(a.schedule.shift(duration), a.most, a.slope);
        case 4 ->
            new Sloped(
                a.schedule.warmup(Duration.iterations(updates)),
                a.most,
                Math.max(a.slope, a.most / updates));
        case 5 -> new Sloped(a.schedule.scale(0.5), a.most * 0.5, a.slope * 0.5);
        case 6 -> {
          Sloped b = random(random, depth - 1, updates);
          yield new Sloped(
              a.schedule.times(b.schedule), a.most * b.most, a.slope * b.most + b.slope * a.most);
        }
        case 7 -> {
          Sloped b = random(random, depth - 1, updates);
          yield new Sloped(a.schedule.plus(b.schedule), a.most + b.most, a.slope + b.slope);
        }
        default -> {
          Sloped b = random(random, depth - 1, updates);
          yield new Sloped(
              random.nextBoolean() ? a.schedule.max(b.schedule) : a.schedule.min(b.schedule),
              Math.max(a.most, b.most),
              Math.max(a.slope, b.slope));
        }
      };
    }
  }

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void noStepIsSteepButAtADeclaredJump(@ForAll long seed) {
    Random random = new Random(seed);
    Run run = Run.of(random);
    Sloped sloped = Sloped.random(random, 1 + random.nextInt(5), 30 + random.nextInt(100));
    Set<Long> steep = stepsAbove(sloped.slope * (1 + 1e-9), sloped.schedule, run);
    steep.removeAll(declaredJumps(sloped.schedule, run));
    assertEquals(Set.of(), steep, () -> sloped + " in " + run);
  }

  /** A leaf that writes down what it is asked. */
  private static final class Counting implements Schedule {
    final Set<Long> read = new HashSet<>();
    long length;

    @Override
    public double at(Progress progress) {
      assertTrue(read.add(progress.iteration()), "an update is read twice");
      length = progress.totalIterations();
      return 0;
    }
  }

  private static Schedule sequences(Random random, int depth, List<Counting> leaves) {
    if (depth <= 1) {
      Counting leaf = new Counting();
      leaves.add(leaf);
      return leaf;
    }
    List<Schedule> schedules = new ArrayList<>();
    List<Duration> boundaries = new ArrayList<>();
    int parts = 1 + random.nextInt(3);
    int percent = 0;
    for (int i = 0; i < parts; i++) {
      schedules.add(sequences(random, depth - 1, leaves));
      if (i > 0) {
        percent += random.nextInt(100 - percent);
        boundaries.add(Duration.percent(percent));
      }
    }
    return new Sequence(schedules, boundaries);
  }

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void thePartsOfASequenceAddUpToTheWhole(@ForAll long seed) {
    Random random = new Random(seed);
    Run run = Run.of(random);
    List<Counting> leaves = new ArrayList<>();
    Schedule schedule = sequences(random, 1 + random.nextInt(5), leaves);
    Cursor cursor = run.cursor();
    for (long t = 0; t < run.total; t++) {
      schedule.at(cursor.moveTo(t));
      long read = leaves.stream().mapToLong(leaf -> leaf.read.size()).sum();
      assertEquals(t + 1, read);
    }
    long sum = 0;
    for (Counting leaf : leaves) {
      if (!leaf.read.isEmpty()) {
        assertEquals(leaf.length, leaf.read.size());
        assertTrue(leaf.read.contains(0L) && leaf.read.contains(leaf.length - 1));
        sum += leaf.length;
      }
    }
    assertEquals(run.total, sum);
  }
}
