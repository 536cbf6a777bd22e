package dev.anneal.experiments.lint;

import dev.anneal.core.schedule.Schedule;
import java.util.stream.Stream;

/** A schedule and all that it is made of. */
final class Tree {
  private Tree() {}

  static Stream<Schedule> all(Schedule schedule) {
    return Stream.concat(Stream.of(schedule), schedule.parts().stream().flatMap(Tree::all));
  }
}
