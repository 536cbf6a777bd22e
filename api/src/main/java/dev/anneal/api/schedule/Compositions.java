package dev.anneal.api.schedule;

import dev.anneal.api.InputException;
import java.util.Comparator;
import java.util.List;

/** What compositions have in common. */
final class Compositions {
  private Compositions() {}

  static void checkSome(String name, List<Schedule> schedules) {
    if (schedules.isEmpty()) {
      throw new InputException(name + ": schedules must hold at least one");
    }
  }

  /**
   * The boundaries of schedules that read the same clock. They are at their end when the last of
   * them is; the end of any other is a boundary like any.
   */
  static List<Boundary> boundaries(List<Schedule> schedules, Progress run) {
    List<List<Boundary>> each =
        schedules.stream()
            .filter(schedule -> !(schedule instanceof Constant))
            .map(schedule -> schedule.boundaries(run))
            .toList();
    boolean ends =
        each.stream()
            .allMatch(part -> !part.isEmpty() && part.getLast().kind() == Boundary.Kind.END);
    long end = each.stream().flatMap(List::stream).mapToLong(Boundary::iteration).max().orElse(0);
    return each.stream()
        .flatMap(List::stream)
        .map(boundary -> ends && boundary.iteration() == end ? boundary : boundary.goingOn())
        .sorted(Comparator.comparingLong(Boundary::iteration))
        .toList();
  }
}
