package dev.anneal.testkit;

import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.schedule.Schedule;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/**
 * All laws at once, for a test that needs no suite: {@code Laws.checkSchedule(new Sawtooth(0.1,
 * 10))}. What a suite is told by overriding (bounds, weights that decay) has its default here.
 */
public final class Laws {
  private Laws() {}

  /**
   * Checks a schedule.
   *
   * @param schedule any; the laws of notation say nothing about one that is no plugin
   * @throws AssertionError with all laws that it breaks, in their order
   */
  public static void checkSchedule(Schedule schedule) {
    checkSchedules(Arbitraries.just(schedule));
  }

  /**
   * Checks schedules.
   *
   * @param schedules random ones
   * @throws AssertionError with all laws that they break, in their order
   */
  public static void checkSchedules(Arbitrary<? extends Schedule> schedules) {
    new ScheduleConformance() {
      @Override
      protected Arbitrary<? extends Schedule> schedules() {
        return schedules;
      }
    }.check();
  }

  /**
   * Checks an optimizer.
   *
   * @param optimizer one that is any good: it descends from weights of about 1 along gradients of
   *     about 1
   * @throws AssertionError with all laws that it breaks, in their order
   */
  public static void checkOptimizer(Optimizer optimizer) {
    new OptimizerConformance() {
      @Override
      protected Arbitrary<Optimizer> optimizers() {
        return Arbitraries.just(optimizer);
      }

      @Override
      protected List<Optimizer> tuned() {
        return List.of(optimizer);
      }
    }.check();
  }
}
