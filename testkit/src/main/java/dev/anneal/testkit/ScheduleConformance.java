package dev.anneal.testkit;

import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.schedule.Schedule;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;

/**
 * The laws of schedules. A test of a schedule extends this class, says which instances to try, and
 * is run by JUnit:
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
public abstract non-sealed class ScheduleConformance extends Conformance<Schedule> {
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
   * Laws of one's own, which come after all others.
   *
   * @return by default none
   */
  protected List<Law<Schedule>> moreLaws() {
    return List.of();
  }

  @Override
  final Stream<Held<Schedule>> held() {
    Catalogue catalogue = catalogue();
    Arbitrary<? extends Schedule> schedules = schedules();
    return Stream.concat(
            Stream.of(
                ScheduleLaws.noThrow(),
                ScheduleLaws.progress(),
                ScheduleLaws.pure(),
                ScheduleLaws.finite(),
                ScheduleLaws.bounds(this::least, this::greatest),
                ScheduleLaws.notation(catalogue),
                ScheduleLaws.metrics(),
                ScheduleLaws.clock(),
                ScheduleLaws.boundaries(),
                ScheduleLaws.continuity(),
                ScheduleLaws.resume(catalogue),
                ScheduleLaws.identity(),
                ScheduleLaws.parts(),
                ScheduleLaws.warmUp(),
                ScheduleLaws.allocation()),
            moreLaws().stream())
        .map(law -> new Held<>(law, schedules));
  }
}
