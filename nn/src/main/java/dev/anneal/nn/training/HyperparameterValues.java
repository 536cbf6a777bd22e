package dev.anneal.nn.training;

import dev.anneal.api.InputException;
import dev.anneal.api.Messages;
import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Schedule;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Numbers that schedules decide, by name, and their values at an update. */
final class HyperparameterValues {
  private final List<String> names;
  private final Schedule[] schedules;
  private final double[] values;

  HyperparameterValues(Map<String, Schedule> byName) {
    names = List.copyOf(byName.keySet());
    schedules = byName.values().toArray(Schedule[]::new);
    values = new double[schedules.length];
  }

  /** From now on those that are named here have other schedules. */
  void follow(Map<String, Schedule> others) {
    for (int i = 0; i < schedules.length; i++) {
      schedules[i] = others.getOrDefault(names.get(i), schedules[i]);
    }
  }

  /** Says which schedule would wait for a metric that never comes. */
  void checkMonitored(Set<String> measured) {
    for (int i = 0; i < schedules.length; i++) {
      String name = names.get(i);
      monitored(schedules[i])
          .filter(metric -> !measured.contains(metric))
          .findFirst()
          .ifPresent(metric -> {
            throw new InputException(
                "the schedule of %s is driven by %s, which is not measured; measured are %s"
                    .formatted(name, metric, Messages.list(List.copyOf(measured), "and")));
          });
    }
  }

  private static Stream<String> monitored(Schedule schedule) {
    return Stream.concat(
        schedule.monitored().stream(),
        schedule.parts().stream().flatMap(HyperparameterValues::monitored));
  }

  /** Reads all schedules. */
  void read(Progress progress) {
    for (int i = 0; i < schedules.length; i++) {
      double value = schedules[i].at(progress);
      if (!(Math.abs(value) < Double.POSITIVE_INFINITY)) {
        throw new InputException(
            "%s is %s at iteration %d (epoch %d): its schedule %s must give a finite number"
                .formatted(
                    names.get(i), value, progress.iteration(), progress.epoch() + 1, schedules[i]));
      }
      values[i] = value;
    }
  }

  /** The names, in order. */
  List<String> names() {
    return names;
  }

  /** The values last read, in the order of the names. */
  double[] values() {
    return values;
  }
}
