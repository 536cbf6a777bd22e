package dev.anneal.api.schedule;

import dev.anneal.api.plugin.PluginKind;
import dev.anneal.api.plugin.PluginType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The value of a hyper-parameter over a training run, as a pure function of where training stands.
 *
 * <p>There is no {@code step()} and no hidden counter: the same progress gives the same bits, in
 * any order and any number of calls. So a preview, a training run and a resumed run cannot
 * disagree. Implementations are records and allocate nothing in {@link #at}.
 *
 * <p>Schedules compose. {@code a.then(Duration.epochs(5), b)} is a schedule, and so is each of its
 * parts; nesting one in another that changes nothing changes no bit.
 *
 * <p>A lambda, {@code progress -> 0.1 / (1 + progress.epoch())}, is a schedule and a part of others
 * like any other. But it has no notation: a specification cannot name it, and a run that records
 * its specification cannot record it; {@code Catalogue.print} refuses it. What is to be recorded is
 * a record with {@code @Plugin}.
 */
@FunctionalInterface
@PluginKind("schedule")
public interface Schedule {
  /**
   * The value in force for the update at {@code progress}.
   *
   * @param progress where training stands; read it, never keep it
   * @return a finite number
   */
  double at(Progress progress);

  /**
   * Where the formula changes, for tables and checks. A schedule whose value jumps within an epoch
   * lists each jump within the run; a value read per epoch may change at every epoch, which is not
   * listed.
   *
   * @param run the shape of the run; where it stands does not matter
   * @return the boundaries in order; by default none
   */
  default List<Boundary> boundaries(Progress run) {
    return List.of();
  }

  /**
   * The schedules that this one reads.
   *
   * @return by default the schedules among a plugin's parameters
   */
  default List<Schedule> parts() {
    return PluginType.of((Object) this).stream()
        .flatMap(type -> type.components().stream())
        .map(component -> component.of((Record) this))
        .flatMap(value -> value instanceof List<?> list ? list.stream() : Stream.of(value))
        .filter(Schedule.class::isInstance)
        .map(Schedule.class::cast)
        .toList();
  }

  /**
   * The metric that drives this schedule.
   *
   * @return its name, such as {@code val_loss}; by default none
   */
  default Optional<String> monitored() {
    return Optional.empty();
  }

  /**
   * What the author of a schedule that is read per iteration may have meant.
   *
   * @return this schedule read per epoch, by default for plugins with a {@link Unit}; nothing for
   *     schedules that are not read per iteration
   */
  default Optional<PerEpoch> perEpoch() {
    return PerEpoch.of(this);
  }

  /**
   * This schedule, and from some time on another one in a run of its own.
   *
   * @param time where the next one begins
   * @param next the next one
   * @return the sequence of both
   */
  default Schedule then(Duration time, Schedule next) {
    return PluginType.check(new Sequence(List.of(this, next), List.of(time)));
  }

  /**
   * This schedule after a linear warm-up from 0, read per iteration; its own clock starts when the
   * warm-up is over.
   *
   * @param over how long the warm-up takes
   * @return the schedule with the warm-up
   */
  default Schedule warmup(Duration over) {
    // Not by the builder: that asks the catalogue for defaults, which knows schedules.
    return PluginType.check(
        new Warmup(
            this, over, 0, Relative.FRACTION, Curve.LINEAR, 0, Warmup.Clock.AFTER, Unit.ITERATION));
  }

  /**
   * This schedule times a number.
   *
   * @param factor the number
   * @return the product
   */
  default Schedule scale(double factor) {
    return PluginType.check(new Scale(this, factor));
  }

  /**
   * This schedule times another.
   *
   * @param other the other
   * @return the product
   */
  default Schedule times(Schedule other) {
    return PluginType.check(new Product(List.of(this, other)));
  }

  /**
   * This schedule plus another.
   *
   * @param other the other
   * @return the sum
   */
  default Schedule plus(Schedule other) {
    return PluginType.check(new Sum(List.of(this, other)));
  }

  /**
   * The larger of this schedule and another.
   *
   * @param other the other
   * @return the maximum
   */
  default Schedule max(Schedule other) {
    return PluginType.check(new Maximum(List.of(this, other)));
  }

  /**
   * The smaller of this schedule and another.
   *
   * @param other the other
   * @return the minimum
   */
  default Schedule min(Schedule other) {
    return PluginType.check(new Minimum(List.of(this, other)));
  }

  /**
   * This schedule kept within bounds.
   *
   * @param low the least value
   * @param high the greatest value
   * @return the schedule within them
   */
  default Schedule clamp(double low, double high) {
    return PluginType.check(new Clamp(this, low, high));
  }

  /**
   * This schedule later: its first value holds until then.
   *
   * @param later by how much
   * @return the schedule, shifted
   */
  default Schedule shift(Duration later) {
    return PluginType.check(new Shift(this, later));
  }

  /**
   * This schedule again and again, each time in a run of its own.
   *
   * @param every the length of each
   * @return the repetition without end
   */
  default Schedule repeat(Duration every) {
    return PluginType.check(new Repeat(this, every, 0));
  }
}
