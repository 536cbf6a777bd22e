package dev.anneal.core.schedule;

import dev.anneal.core.InputException;
import java.util.Comparator;
import java.util.List;

/** What compositions have in common. */
final class Numeric {
  private Numeric() {}

  static void checkSome(String name, List<Schedule> schedules) {
    if (schedules.isEmpty()) {
      throw new InputException(name + ": schedules must hold at least one");
    }
  }

  /** The boundaries of schedules that read the same clock. */
  static List<Boundary> boundaries(List<Schedule> schedules, Progress run) {
    return schedules.stream()
        .flatMap(schedule -> schedule.boundaries(run).stream())
        .sorted(Comparator.comparingLong(Boundary::iteration))
        .toList();
  }
}
