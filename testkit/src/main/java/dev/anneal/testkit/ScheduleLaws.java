package dev.anneal.testkit;

import dev.anneal.api.InputException;
import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.plugin.PluginType;
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
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The laws of schedules, each alone. {@link ScheduleConformance} holds plugins to all of them in
 * their order; a property of your own calls {@link Law#check} of one.
 */
public final class ScheduleLaws {
  /** A run up to so long is read at every update. */
  private static final long SHORT = 200;

  private static final long BEYOND = 200_000;

  /** Seconds of work in which the JIT is to make allocations vanish. */
  private static final int PATIENCE = 10;

  /** Without these, comparing values says nothing. */
  private static final String[] SOUND = {"no-throw", "progress", "pure", "finite"};

  private ScheduleLaws() {}

  /**
   * Law no-throw: in a run of any shape, at any time, also beyond its end, reading does not throw.
   * What is wrong with parameters is said when the schedule is made.
   *
   * @return the law
   */
  public static Law<Schedule> noThrow() {
    return Law.<Schedule>of(
            "no-throw",
            (schedule, run, random) -> {
              Cursor cursor = run.begin();
              schedule.boundaries(cursor);
              times(run, random)
                  .forEach(time -> {
                    try {
                      schedule.at(cursor.moveTo(time));
                    } catch (RuntimeException e) {
                      throw new AssertionError("throws " + e + " " + run.at(time), e);
                    }
                  });
            })
        .within(RandomRun.any());
  }

  /** Every update of a short run, some of a long one, and some times beyond the end. */
  private static LongStream times(RandomRun run, Random random) {
    long total = run.totalIterations();
    LongStream within =
        total <= SHORT
            ? LongStream.range(0, total)
            : random.doubles(SHORT).mapToLong(x -> Math.round(Math.pow((double) total, x)) - 1);
    LongStream beyond = LongStream.of(total, total + 1, 2 * total, random.nextLong(BEYOND));
    return LongStream.concat(within, beyond).sorted();
  }

  /**
   * Law progress: reading leaves the progress where it was.
   *
   * @return the law
   */
  public static Law<Schedule> progress() {
    return Law.<Schedule>of(
            "progress",
            (schedule, run, _) -> {
              Cursor cursor = run.begin();
              for (long time = 0; time <= run.totalIterations(); time++) {
                schedule.at(cursor.moveTo(time));
                schedule.boundaries(cursor);
                long before = time;
                Law.demand(
                    cursor.iteration() == time,
                    () -> "moves the progress from %d to %d".formatted(before, cursor.iteration()));
              }
            })
        .after("no-throw")
        .tries(300);
  }

  /**
   * Law pure: the same progress gives the same bits; in any order, any number of times, from a
   * cursor that has moved or a fresh one, from the instance or an equal one, whatever else was read
   * in between.
   *
   * @return the law
   */
  public static Law<Schedule> pure() {
    return Law.<Schedule>of("pure", ScheduleLaws::pure).after("no-throw", "progress");
  }

  private static void pure(Schedule schedule, RandomRun run, Random random) {
    double[] values = run.series(schedule);
    Schedule twin = twin(schedule);
    List<Integer> order = new ArrayList<>(IntStream.range(0, values.length).boxed().toList());
    Collections.shuffle(order, random);
    Cursor moved = run.begin();
    Cursor ofAnother = new RandomRun(3, 7, 1).begin();
    for (int i : order) {
      same("read once more", values[i], schedule.at(moved.moveTo(i)), run, i);
      same("read twice", values[i], schedule.at(moved), run, i);
      schedule.at(ofAnother.moveTo(i));
      Cursor fresh = run.begin().moveTo(i);
      same("read afresh", values[i], schedule.at(fresh), run, i);
      same("read from a copy", values[i], twin.at(fresh), run, i);
    }
  }

  /** An equal schedule that is another object, where there is one. */
  private static Schedule twin(Schedule schedule) {
    try {
      return PluginType.of((Object) schedule)
          .map(type -> (Schedule) type.copy((Record) schedule, (_, value) -> value))
          .filter(schedule::equals)
          .orElse(schedule);
    } catch (InputException e) {
      return schedule;
    }
  }

  /**
   * Law finite: at any time, also beyond the end, a value is a finite number.
   *
   * @return the law
   */
  public static Law<Schedule> finite() {
    return Law.<Schedule>of(
            "finite",
            (schedule, run, random) -> {
              Cursor cursor = run.begin();
              times(run, random)
                  .forEach(time -> {
                    double value = schedule.at(cursor.moveTo(time));
                    Law.demand(
                        Double.isFinite(value), () -> "is %s %s".formatted(value, run.at(time)));
                  });
            })
        .after("no-throw")
        .within(RandomRun.any());
  }

  /**
   * Law bounds: at any time, also beyond the end, a value is within bounds.
   *
   * @param least the least value that a schedule may have
   * @param greatest the greatest
   * @return the law
   */
  public static Law<Schedule> bounds(
      ToDoubleFunction<Schedule> least, ToDoubleFunction<Schedule> greatest) {
    return Law.<Schedule>of(
            "bounds",
            (schedule, run, random) -> {
              double low = least.applyAsDouble(schedule);
              double high = greatest.applyAsDouble(schedule);
              Cursor cursor = run.begin();
              times(run, random)
                  .forEach(time -> {
                    double value = schedule.at(cursor.moveTo(time));
                    Law.demand(
                        value >= low && value <= high,
                        () ->
                            "is %s %s, beyond %s and %s".formatted(value, run.at(time), low, high));
                  });
            })
        .after("no-throw", "finite")
        .within(RandomRun.any());
  }

  /**
   * Law notation: what is printed reads back as an equal schedule, which prints the same. A
   * schedule that is no plugin has no notation.
   *
   * @param catalogue where specifications are looked up
   * @return the law
   */
  public static Law<Schedule> notation(Catalogue catalogue) {
    return Law.of("notation", (schedule, _, _) -> notation(catalogue, Schedule.class, schedule));
  }

  static <P> void notation(Catalogue catalogue, Class<P> kind, P plugin) {
    if (PluginType.of(plugin).isEmpty()) {
      return;
    }
    P copy;
    try {
      copy = catalogue.parse(kind, Catalogue.print(plugin));
    } catch (InputException e) {
      throw new AssertionError("cannot be read back: " + e.getMessage(), e);
    }
    Law.demand(copy.equals(plugin), () -> "reads back as " + copy);
    Law.demand(copy.hashCode() == plugin.hashCode(), () -> "reads back with another hash");
    Law.demand(
        Catalogue.print(copy).equals(Catalogue.print(plugin)),
        () -> "reads back and prints as " + Catalogue.print(copy));
  }

  /**
   * Law metrics: what a schedule does not declare with {@code monitored} does not drive it.
   *
   * @return the law
   */
  public static Law<Schedule> metrics() {
    return Law.<Schedule>of(
            "metrics",
            (schedule, run, _) -> {
              Set<String> declared = monitored(schedule).collect(Collectors.toSet());
              double[] values = run.series(schedule);
              double[] others =
                  RandomRun.series(schedule, run.beginWithOthersThan(declared), values.length);
              String how =
                  declared.isEmpty()
                      ? "with other metrics"
                      : "when metrics other than %s change".formatted(declared);
              same(how, values, others, run, 0);
            })
        .after(SOUND)
        .tries(300);
  }

  private static Stream<String> monitored(Schedule schedule) {
    return Stream.concat(
        schedule.monitored().stream(), schedule.parts().stream().flatMap(ScheduleLaws::monitored));
  }

  static boolean isDriven(Schedule schedule) {
    return monitored(schedule).findAny().isPresent();
  }

  /**
   * Law clock: a schedule that is read per epoch, and reads no others, is constant within an epoch.
   *
   * @return the law
   */
  public static Law<Schedule> clock() {
    return Law.<Schedule>of(
            "clock",
            (schedule, run, _) -> {
              if (!schedule.parts().isEmpty() || !unit(schedule).equals(Optional.of(Unit.EPOCH))) {
                return;
              }
              double[] values = run.series(schedule);
              for (int i = 0; i < values.length; i++) {
                int first = i - i % run.iterationsPerEpoch();
                same("later in its epoch", values[first], values[i], run, i);
              }
            })
        .after(SOUND);
  }

  /** What a plugin is read per, where it says so. */
  static Optional<Object> unit(Schedule schedule) {
    return PluginType.of((Object) schedule).stream()
        .flatMap(type -> type.components().stream())
        .filter(component -> component.type() == Unit.class)
        .map(component -> component.of((Record) schedule))
        .findFirst();
  }

  /**
   * Law boundaries: they come in order; after an end the value holds until the next boundary,
   * unless a metric drives it.
   *
   * @return the law
   */
  public static Law<Schedule> boundaries() {
    return Law.<Schedule>of("boundaries", ScheduleLaws::boundaries).after(SOUND);
  }

  private static void boundaries(Schedule schedule, RandomRun run, Random random) {
    double[] values = run.series(schedule);
    List<Boundary> boundaries = schedule.boundaries(run.begin());
    for (int i = 1; i < boundaries.size(); i++) {
      Boundary before = boundaries.get(i - 1);
      Boundary boundary = boundaries.get(i);
      Law.demand(
          boundary.iteration() >= before.iteration(),
          () -> "lists boundary %s after %s".formatted(boundary, before));
    }
    for (int end = 0; end < boundaries.size(); end++) {
      if (boundaries.get(end).kind() == Boundary.Kind.END && !isDriven(schedule)) {
        long first = boundaries.get(end).iteration();
        long next =
            end + 1 < boundaries.size() ? boundaries.get(end + 1).iteration() : Long.MAX_VALUE;
        for (long i = first; i < Math.min(next, run.totalIterations()); i++) {
          same("after its end at " + first, values[(int) first], values[(int) i], run, i);
        }
      }
    }
  }

  /**
   * Law continuity: where only the schedule itself is read, or constants in it, no value leaps
   * within an epoch but at the boundaries that say so: neither to where it stays nor for one update
   * or a few. What a leap is depends on the values beside it: {@link Leaps}. (What others may do in
   * a schedule is their steepness: a line from 1e9 to 0, kept between 1 and 2, jumps as far as
   * anyone can see.) Every update of a short run is looked at.
   *
   * @return the law
   */
  public static Law<Schedule> continuity() {
    return Law.<Schedule>of(
            "continuity",
            (schedule, run, _) -> {
              if (schedule.parts().stream().allMatch(Constant.class::isInstance)) {
                new Leaps(schedule, run)
                    .first()
                    .ifPresent(leap -> {
                      throw new AssertionError(leap);
                    });
              }
            })
        .after(SOUND)
        .after("metrics", "boundaries");
  }

  /**
   * Law resume: a run that goes on from any update, with what its specification says, reads what
   * the uninterrupted one reads.
   *
   * @param catalogue where specifications are looked up
   * @return the law
   */
  public static Law<Schedule> resume(Catalogue catalogue) {
    return Law.<Schedule>of(
            "resume",
            (schedule, run, _) -> {
              double[] values = run.series(schedule);
              Schedule copy =
                  PluginType.of((Object) schedule).isEmpty()
                      ? schedule
                      : catalogue.schedule(Catalogue.print(schedule));
              for (int from = 0; from < values.length; from++) {
                double[] rest =
                    RandomRun.series(copy, run.begin().moveTo(from), values.length - from);
                for (int i = 0; i < rest.length; i++) {
                  same("resumed at " + from, values[from + i], rest[i], run, from + i);
                }
              }
            })
        .after(SOUND)
        .after("notation")
        .tries(300);
  }

  /**
   * Law identity: inside a composition that changes nothing, the bits stay.
   *
   * @return the law
   */
  public static Law<Schedule> identity() {
    return Law.<Schedule>of(
            "identity",
            (schedule, run, _) -> {
              double[] values = run.series(schedule);
              identities(schedule)
                  .forEach((name, wrapped) -> {
                    boolean ends = wrapped instanceof Repeat;
                    int length = ends ? Math.toIntExact(run.totalIterations()) : values.length;
                    double[] through = RandomRun.series(wrapped, run.begin(), length);
                    for (int i = 0; i < length; i++) {
                      same("inside " + name, values[i], through[i], run, i);
                    }
                  });
            })
        .after(SOUND)
        .tries(300);
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
   * @return the law
   */
  public static Law<Schedule> parts() {
    return Law.<Schedule>of("parts", ScheduleLaws::parts).after(SOUND).after("metrics");
  }

  private static void parts(Schedule schedule, RandomRun run, Random random) {
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
      String how = "as part %d, of %d iterations".formatted(part + 1, length);
      for (int i = 0; i < alone.length; i++) {
        same(how, alone[i], whole[start + i], run, start + i);
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

  /**
   * Law warm-up: a warm-up leads to the schedule's first value exactly, and what comes after is the
   * schedule in a run of what is left.
   *
   * @return the law
   */
  public static Law<Schedule> warmUp() {
    return Law.<Schedule>of("warm-up", ScheduleLaws::warmUp).after(SOUND).after("metrics");
  }

  private static void warmUp(Schedule schedule, RandomRun run, Random random) {
    int total = Math.toIntExact(run.totalIterations());
    int over = start(random.nextInt(total + 1), schedule, run);
    double[] warm = run.series(schedule.warmup(Duration.iterations(over)));
    double[] alone =
        RandomRun.series(schedule, run.part(over, Math.max(1, total - over)), warm.length - over);
    for (int i = 0; i < over; i++) {
      double value = warm[i];
      Law.demand(
          Math.abs(value) <= Math.abs(alone[0]) && (i > 0 || value == 0),
          () ->
              "begins at %s, but a warm-up of %d to it passes %s".formatted(alone[0], over, value));
    }
    for (int i = over; i < warm.length; i++) {
      same("after a warm-up of " + over, alone[i - over], warm[i], run, i);
    }
  }

  /**
   * Law allocation: reading allocates nothing, once what is kept for the run exists and the JIT has
   * compiled it. (The JDK's own {@code StrictMath.pow} makes arrays until then.)
   *
   * @return the law
   */
  public static Law<Schedule> allocation() {
    return Law.<Schedule>of(
            "allocation",
            (schedule, run, _) -> {
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
              Law.demand(vanished, () -> "allocates at each reading, such as " + run.at(last));
            })
        .after("no-throw")
        .tries(100);
  }

  private static void same(
      String how, double[] expected, double[] actual, RandomRun run, int from) {
    for (int i = from; i < expected.length; i++) {
      same(how, expected[i], actual[i], run, i);
    }
  }

  private static void same(
      String how, double expected, double actual, RandomRun run, long iteration) {
    Law.demand(
        Double.doubleToLongBits(expected) == Double.doubleToLongBits(actual),
        () -> "is %s %s; %s it is %s".formatted(expected, run.at(iteration), how, actual));
  }
}
