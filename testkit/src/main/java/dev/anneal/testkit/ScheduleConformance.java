package dev.anneal.testkit;

import dev.anneal.api.InputException;
import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.schedule.Boundary;
import dev.anneal.api.schedule.Clamp;
import dev.anneal.api.schedule.Constant;
import dev.anneal.api.schedule.Cursor;
import dev.anneal.api.schedule.Duration;
import dev.anneal.api.schedule.Maximum;
import dev.anneal.api.schedule.Minimum;
import dev.anneal.api.schedule.Product;
import dev.anneal.api.schedule.Repeat;
import dev.anneal.api.schedule.Scale;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.api.schedule.Sequence;
import dev.anneal.api.schedule.Shift;
import dev.anneal.api.schedule.Sum;
import dev.anneal.api.schedule.Unit;
import dev.anneal.api.schedule.Warmup;
import dev.anneal.api.schedule.WarmupBuilder;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/**
 * The laws of schedules. A test of a schedule extends this class, says which instances to try, and
 * is run by jqwik:
 *
 * <pre>{@code
 * class SawtoothProperties extends ScheduleConformance {
 *   @Override
 *   protected Arbitrary<Schedule> schedules() {
 *     return Specifications.schedules(catalogue(), "sawtooth");
 *   }
 * }
 * }</pre>
 *
 * <p>A failure names the law and the specification of the schedule that breaks it.
 */
public abstract class ScheduleConformance {
  /** A step this many times as large as its neighbours together may be a jump. */
  private static final double JUMP = 8;

  /** Read so many times as often, a steep curve falls into steps; a jump stays one. */
  private static final int FINER = 4096;

  private static final double STILL = 0.9;

  /** Seconds of work in which the JIT is to make allocations vanish. */
  private static final int PATIENCE = 10;

  /** For subclasses. */
  protected ScheduleConformance() {}

  /**
   * The instances to try: with any parameters that the constructor accepts.
   *
   * @return random schedules
   */
  protected abstract Arbitrary<? extends Schedule> schedules();

  /**
   * Where specifications are looked up.
   *
   * @return by default all plugins on the path
   */
  protected Catalogue catalogue() {
    return Catalogue.load();
  }

  /**
   * The least value that a schedule may have.
   *
   * @param schedule an instance
   * @return by default the least finite number
   */
  protected double least(Schedule schedule) {
    return -Double.MAX_VALUE;
  }

  /**
   * The greatest value that a schedule may have.
   *
   * @param schedule an instance
   * @return by default the greatest finite number
   */
  protected double greatest(Schedule schedule) {
    return Double.MAX_VALUE;
  }

  /**
   * The instances, for jqwik.
   *
   * @return {@link #schedules}
   */
  @Provide
  public final Arbitrary<? extends Schedule> anySchedule() {
    return schedules();
  }

  /**
   * Runs that are read at every iteration, for jqwik.
   *
   * @return short runs
   */
  @Provide
  public final Arbitrary<RandomRun> smallRun() {
    return RandomRun.small();
  }

  /**
   * Runs of all lengths, for jqwik.
   *
   * @return runs
   */
  @Provide
  public final Arbitrary<RandomRun> anyRun() {
    return RandomRun.any();
  }

  /**
   * Positions of all magnitudes, for jqwik.
   *
   * @return iterations
   */
  @Provide
  public final Arbitrary<Long> anyIteration() {
    return RandomRun.upTo(200_000).map(n -> n - 1);
  }

  /**
   * Law finite, law bounds, law no-throw: in a run of any shape, at any time, also beyond its end,
   * a value is a finite number within the bounds. What is wrong with parameters is said when the
   * schedule is made.
   *
   * @param schedule an instance
   * @param run any run
   * @param iteration any time
   */
  @Property(edgeCases = EdgeCasesMode.NONE)
  public void everyValueIsFiniteAndInBounds(
      @ForAll("anySchedule") Schedule schedule,
      @ForAll("anyRun") RandomRun run,
      @ForAll("anyIteration") long iteration) {
    double value;
    try {
      value = schedule.at(run.begin().moveTo(iteration));
    } catch (RuntimeException e) {
      throw (AssertionError)
          Law.NO_THROW.error(schedule, "throws " + e + " " + run.at(iteration)).initCause(e);
    }
    Law.FINITE.check(
        Math.abs(value) <= Double.MAX_VALUE,
        schedule,
        () -> "is %s %s".formatted(value, run.at(iteration)));
    Law.BOUNDS.check(
        value >= least(schedule) && value <= greatest(schedule),
        schedule,
        () ->
            "is %s %s, beyond %s and %s"
                .formatted(value, run.at(iteration), least(schedule), greatest(schedule)));
  }

  /**
   * Law pure: the same progress gives the same bits; in any order, any number of times, from a
   * cursor that has moved or a fresh one, from the instance or an equal one, whatever else was read
   * in between.
   *
   * @param schedule an instance
   * @param run a short run
   * @param random for the order
   */
  @Property(edgeCases = EdgeCasesMode.NONE)
  public void theSameProgressGivesTheSameBits(
      @ForAll("anySchedule") Schedule schedule,
      @ForAll("smallRun") RandomRun run,
      @ForAll Random random) {
    double[] values = run.series(schedule);
    Schedule copy = copy(schedule);
    List<Integer> order = new ArrayList<>(IntStream.range(0, values.length).boxed().toList());
    Collections.shuffle(order, random);
    Cursor moved = run.begin();
    Cursor ofAnother = new RandomRun(3, 7, 1).begin();
    for (int i : order) {
      same(Law.PURE, "read once more", schedule, values[i], schedule.at(moved.moveTo(i)), run, i);
      same(Law.PURE, "read twice", schedule, values[i], schedule.at(moved), run, i);
      schedule.at(ofAnother.moveTo(i));
      Cursor fresh = run.begin().moveTo(i);
      same(Law.PURE, "read afresh", schedule, values[i], schedule.at(fresh), run, i);
      same(Law.PURE, "read from a copy", schedule, values[i], copy.at(fresh), run, i);
    }
  }

  /**
   * Law notation: what is printed reads back as an equal schedule, which prints the same.
   *
   * @param schedule an instance
   */
  @Property(edgeCases = EdgeCasesMode.NONE)
  public void whatIsPrintedReadsBackEqual(@ForAll("anySchedule") Schedule schedule) {
    Schedule copy = copy(schedule);
    Law.NOTATION.check(copy.equals(schedule), schedule, () -> "reads back as " + copy);
    Law.NOTATION.check(
        copy.hashCode() == schedule.hashCode(), schedule, () -> "reads back with another hash");
    Law.NOTATION.check(
        Catalogue.print(copy).equals(Catalogue.print(schedule)),
        schedule,
        () -> "reads back and prints as " + Catalogue.print(copy));
  }

  private Schedule copy(Schedule schedule) {
    try {
      return catalogue().schedule(Catalogue.print(schedule));
    } catch (InputException e) {
      throw (AssertionError)
          Law.NOTATION.error(schedule, "cannot be read back: " + e.getMessage()).initCause(e);
    }
  }

  /**
   * Law resume: a run that goes on from any update reads what the uninterrupted one reads.
   *
   * @param schedule an instance
   * @param run a short run
   */
  @Property(edgeCases = EdgeCasesMode.NONE, tries = 300)
  public void aRunResumesAtAnyStep(
      @ForAll("anySchedule") Schedule schedule, @ForAll("smallRun") RandomRun run) {
    double[] values = run.series(schedule);
    Schedule copy = copy(schedule);
    for (int from = 0; from < values.length; from++) {
      double[] rest = RandomRun.series(copy, run.begin().moveTo(from), values.length - from);
      for (int i = 0; i < rest.length; i++) {
        same(Law.RESUME, "resumed at " + from, schedule, values[from + i], rest[i], run, from + i);
      }
    }
  }

  /**
   * Law identity: inside a composition that changes nothing, the bits stay.
   *
   * @param schedule an instance
   * @param run a short run
   */
  @Property(edgeCases = EdgeCasesMode.NONE, tries = 300)
  public void aWrapperThatChangesNothingChangesNoBit(
      @ForAll("anySchedule") Schedule schedule, @ForAll("smallRun") RandomRun run) {
    double[] values = run.series(schedule);
    identities(schedule)
        .forEach((name, wrapped) -> {
          boolean ends = wrapped instanceof Repeat;
          int length = ends ? Math.toIntExact(run.totalIterations()) : values.length;
          double[] through = RandomRun.series(wrapped, run.begin(), length);
          for (int i = 0; i < length; i++) {
            same(Law.IDENTITY, "inside " + name, schedule, values[i], through[i], run, i);
          }
        });
  }

  private static Map<String, Schedule> identities(Schedule schedule) {
    List<Schedule> alone = List.of(schedule);
    Duration none = Duration.iterations(0);
    Map<String, Schedule> all = new LinkedHashMap<>();
    all.put("a sequence of one", new Sequence(alone, List.of()));
    all.put("a product of one", new Product(alone));
    all.put("a sum of one", new Sum(alone));
    all.put("a maximum of one", new Maximum(alone));
    all.put("a minimum of one", new Minimum(alone));
    all.put("a scale by 1", new Scale(schedule, 1));
    all.put(
        "a clamp without bounds",
        new Clamp(schedule, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY));
    all.put("a shift by 0", new Shift(schedule, none));
    all.put("a repetition of the whole run", new Repeat(schedule, Duration.percent(100), 0));
    for (Warmup.Clock clock : Warmup.Clock.values()) {
      all.put(
          "a warm-up over 0, clock " + clock,
          new WarmupBuilder(schedule, none, Unit.ITERATION).clock(clock).build());
    }
    all.put(
        "five of these",
        new Sequence(
            List.of(new Sum(List.of(schedule.shift(none).scale(1).warmup(none)))), List.of()));
    return all;
  }

  /**
   * Law parts: as a part of a run, a schedule reads what it reads alone in a run of the part's
   * length; every iteration belongs to exactly one part.
   *
   * @param schedule an instance
   * @param run a short run
   * @param random for the cuts
   */
  @Property(edgeCases = EdgeCasesMode.NONE)
  public void aPartIsReadAsARunOfItsOwn(
      @ForAll("anySchedule") Schedule schedule,
      @ForAll("smallRun") RandomRun run,
      @ForAll Random random) {
    int total = Math.toIntExact(run.totalIterations());
    int[] cuts =
        random.ints(2, 0, total + 1).map(cut -> start(cut, schedule, run)).sorted().toArray();
    Schedule sequence =
        new Sequence(
            List.of(schedule, schedule, schedule),
            List.of(Duration.iterations(cuts[0]), Duration.iterations(cuts[1])));
    double[] whole = run.series(sequence);
    int[] starts = {0, cuts[0], cuts[1], whole.length};
    for (int part = 0; part < 3; part++) {
      int start = starts[part];
      int length = (part == 2 ? total : starts[part + 1]) - start;
      double[] alone =
          RandomRun.series(
              schedule, run.part(start, Math.max(1, length)), starts[part + 1] - start);
      for (int i = 0; i < alone.length; i++) {
        String how = "as part %d of %d iterations".formatted(part + 1, length);
        same(Law.PARTS, how, schedule, alone[i], whole[start + i], run, start + i);
      }
    }
  }

  /**
   * Where a part begins. Metrics are those of the whole run's epochs: a part that begins amid one
   * has other epochs than a run of its own, which only a schedule that a metric drives can tell.
   */
  private static int start(int iteration, Schedule schedule, RandomRun run) {
    return isDriven(schedule) ? iteration - iteration % run.iterationsPerEpoch() : iteration;
  }

  private static boolean isDriven(Schedule schedule) {
    return schedule.monitored().isPresent()
        || schedule.parts().stream().anyMatch(ScheduleConformance::isDriven);
  }

  /**
   * Law warm-up: a warm-up leads to the schedule's first value exactly, and what comes after is the
   * schedule in a run of what is left.
   *
   * @param schedule an instance
   * @param run a short run
   * @param random for the length
   */
  @Property(edgeCases = EdgeCasesMode.NONE)
  public void aWarmUpEndsAtTheFirstValue(
      @ForAll("anySchedule") Schedule schedule,
      @ForAll("smallRun") RandomRun run,
      @ForAll Random random) {
    int total = Math.toIntExact(run.totalIterations());
    int over = start(random.nextInt(total + 1), schedule, run);
    double[] warm = run.series(schedule.warmup(Duration.iterations(over)));
    double[] alone =
        RandomRun.series(schedule, run.part(over, Math.max(1, total - over)), warm.length - over);
    for (int i = 0; i < warm.length; i++) {
      if (i >= over) {
        String how = "after a warm-up of " + over;
        same(Law.WARM_UP, how, schedule, alone[i - over], warm[i], run, i);
      } else {
        double value = warm[i];
        Law.WARM_UP.check(
            Math.abs(value) <= Math.abs(alone[0]) && (i > 0 || value == 0),
            schedule,
            () ->
                "begins at %s, but a warm-up of %d to it passes %s"
                    .formatted(alone[0], over, value));
      }
    }
  }

  /**
   * Law clock: a schedule that is read per epoch, and reads no others, is constant within an epoch.
   *
   * @param schedule an instance
   * @param run a short run
   */
  @Property(edgeCases = EdgeCasesMode.NONE)
  public void perEpochAValueHoldsForAnEpoch(
      @ForAll("anySchedule") Schedule schedule, @ForAll("smallRun") RandomRun run) {
    if (!schedule.parts().isEmpty() || !isPerEpoch(schedule)) {
      return;
    }
    double[] values = run.series(schedule);
    for (int i = 0; i < values.length; i++) {
      int first = i - i % run.iterationsPerEpoch();
      same(Law.CLOCK, "later in its epoch", schedule, values[first], values[i], run, i);
    }
  }

  private static boolean isPerEpoch(Schedule schedule) {
    RecordComponent[] components = schedule.getClass().getRecordComponents();
    return components != null
        && Stream.of(components)
            .filter(component -> component.getType() == Unit.class)
            .anyMatch(component -> {
              try {
                return component.getAccessor().invoke(schedule) == Unit.EPOCH;
              } catch (ReflectiveOperationException e) {
                throw new LinkageError("a plugin's components can be read", e);
              }
            });
  }

  /**
   * Law boundaries: they come in order; after an end the value holds until the next boundary,
   * unless a metric drives it. Where only the schedule itself is read, or constants in it, its
   * value jumps within an epoch at none but the boundaries that say so: a fall as steep when it is
   * read 4096 times as often is a jump. (What others may do in it is their steepness: a line from
   * 1e9 to 0, kept between 1 and 2, jumps as far as anyone can see.) Boundaries are those within
   * the run.
   *
   * @param schedule an instance
   * @param run a short run
   */
  @Property(edgeCases = EdgeCasesMode.NONE)
  public void theValueJumpsWhereDeclaredAndHoldsAfterItsEnd(
      @ForAll("anySchedule") Schedule schedule, @ForAll("smallRun") RandomRun run) {
    double[] values = run.series(schedule);
    List<Boundary> boundaries = schedule.boundaries(run.begin());
    long before = 0;
    for (Boundary boundary : boundaries) {
      long last = before;
      Law.BOUNDARIES.check(
          boundary.iteration() >= last,
          schedule,
          () -> "lists boundary %s after one at %d".formatted(boundary, last));
      before = boundary.iteration();
    }
    boolean alone = schedule.parts().stream().allMatch(Constant.class::isInstance);
    for (int i = 2; alone && i < run.totalIterations(); i++) {
      if (!mayJump(i, boundaries, run)) {
        double step = Math.abs(values[i] - values[i - 1]);
        double around =
            Math.abs(values[i - 1] - values[i - 2]) + Math.abs(values[i + 1] - values[i]);
        double rounding = 4 * Math.ulp(Math.max(Math.abs(values[i]), Math.abs(values[i - 1])));
        int at = i;
        Law.BOUNDARIES.check(
            step <= JUMP * around + rounding || !jumpsReadFiner(schedule, run, i, step),
            schedule,
            () ->
                "jumps from %s to %s without a boundary %s"
                    .formatted(values[at - 1], values[at], run.at(at)));
      }
    }
    for (int end = 0; end < boundaries.size(); end++) {
      if (boundaries.get(end).kind() == Boundary.Kind.END && !isDriven(schedule)) {
        long next =
            end + 1 < boundaries.size() ? boundaries.get(end + 1).iteration() : Long.MAX_VALUE;
        for (long i = boundaries.get(end).iteration();
            i < Math.min(next, run.totalIterations());
            i++) {
          int first = Math.toIntExact(boundaries.get(end).iteration());
          String how = "after its end at " + first;
          same(Law.BOUNDARIES, how, schedule, values[first], values[(int) i], run, i);
        }
      }
    }
  }

  /**
   * Lengths in epochs and percent grow with the run, so that the same curve is read. Where there
   * are more boundaries than a schedule lists, any update may be one.
   */
  private static boolean jumpsReadFiner(
      Schedule schedule, RandomRun run, long iteration, double step) {
    RandomRun fine =
        new RandomRun(run.iterationsPerEpoch() * FINER, run.totalIterations() * FINER, run.seed());
    Cursor finer = fine.begin();
    List<Boundary> boundaries = schedule.boundaries(fine.begin());
    if (boundaries.size() >= Boundary.MOST) {
      return false;
    }
    double before = schedule.at(finer.moveTo((iteration - 1) * FINER));
    double largest = 0;
    for (long k = (iteration - 1) * FINER + 1; k <= iteration * FINER; k++) {
      double value = schedule.at(finer.moveTo(k));
      double change = Math.abs(value - before);
      if (change > largest && !mayJump(k, boundaries, fine)) {
        largest = change;
      }
      before = value;
    }
    return largest >= STILL * step;
  }

  /**
   * At a declared jump, where an epoch begins (of the run, or of a part that begins at a boundary),
   * and beside a bend, where the steps on its two sides have nothing in common.
   */
  private static boolean mayJump(long iteration, List<Boundary> boundaries, RandomRun run) {
    int epoch = run.iterationsPerEpoch();
    return iteration % epoch == 0
        || boundaries.stream()
            .anyMatch(boundary -> {
              long after = iteration - boundary.iteration();
              return (after >= 0 && after % epoch == 0)
                  || (Math.abs(after) <= 1 && !boundary.jumps());
            });
  }

  /**
   * Law metrics: what a schedule does not declare with {@code monitored} does not drive it.
   *
   * @param schedule an instance
   * @param run a short run
   */
  @Property(edgeCases = EdgeCasesMode.NONE, tries = 300)
  public void onlyDeclaredMetricsDriveIt(
      @ForAll("anySchedule") Schedule schedule, @ForAll("smallRun") RandomRun run) {
    Set<String> declared = monitored(schedule).collect(Collectors.toSet());
    double[] values = run.series(schedule);
    double[] others = RandomRun.series(schedule, run.beginWithOthersThan(declared), values.length);
    for (int i = 0; i < values.length; i++) {
      String how = "when metrics other than %s change".formatted(declared);
      same(Law.METRICS, how, schedule, values[i], others[i], run, i);
    }
  }

  private static Stream<String> monitored(Schedule schedule) {
    return Stream.concat(
        schedule.monitored().stream(),
        schedule.parts().stream().flatMap(ScheduleConformance::monitored));
  }

  /**
   * Law progress: reading leaves the progress where it was.
   *
   * @param schedule an instance
   * @param run any run
   * @param iteration any time
   */
  @Property(edgeCases = EdgeCasesMode.NONE, tries = 300)
  public void readingLeavesTheProgressWhereItIs(
      @ForAll("anySchedule") Schedule schedule,
      @ForAll("anyRun") RandomRun run,
      @ForAll("anyIteration") long iteration) {
    Cursor cursor = run.begin().moveTo(iteration);
    schedule.at(cursor);
    schedule.boundaries(cursor);
    Law.PROGRESS.check(
        cursor.iteration() == iteration,
        schedule,
        () -> "moves the progress from %d to %d".formatted(iteration, cursor.iteration()));
  }

  /**
   * Law allocation: reading allocates nothing, once what is kept for the run exists and the JIT has
   * compiled it. (The JDK's own {@code StrictMath.pow} makes arrays until then.)
   *
   * @param schedule an instance
   * @param run a short run
   */
  @Property(edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF, tries = 100)
  public void readingAllocatesNothing(
      @ForAll("anySchedule") Schedule schedule, @ForAll("smallRun") RandomRun run) {
    Cursor cursor = run.begin();
    long last = run.totalIterations() - 1;
    boolean vanished =
        new Allocations()
            .vanish(
                PATIENCE,
                () -> {
                  for (long i = Math.max(0, last - 3); i <= last + 3; i++) {
                    schedule.at(cursor.moveTo(i));
                  }
                });
    Law.ALLOCATION.check(
        vanished, schedule, () -> "allocates at each reading, such as " + run.at(last));
  }

  private static void same(
      Law law,
      String how,
      Schedule schedule,
      double expected,
      double actual,
      RandomRun run,
      long iteration) {
    law.check(
        Double.doubleToLongBits(expected) == Double.doubleToLongBits(actual),
        schedule,
        () -> "is %s %s; %s it is %s".formatted(expected, run.at(iteration), how, actual));
  }
}
