package dev.anneal.preview.lint;

import dev.anneal.api.schedule.Schedule;
import java.util.stream.Stream;

/** A schedule and all that it is made of. */
public final class ScheduleTree {
  private ScheduleTree() {}

  /**
   * All parts, and theirs.
   *
   * @param schedule the root
   * @return the schedule itself first
   */
  public static Stream<Schedule> all(Schedule schedule) {
    return Stream.concat(Stream.of(schedule), schedule.parts().stream().flatMap(ScheduleTree::all));
  }
}
