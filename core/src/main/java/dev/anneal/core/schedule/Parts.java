package dev.anneal.core.schedule;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;

/** The schedules among the components of a record. */
final class Parts {
  private Parts() {}

  static List<Schedule> of(Schedule schedule) {
    List<Schedule> parts = new ArrayList<>();
    RecordComponent[] components = schedule.getClass().getRecordComponents();
    if (components != null) {
      for (RecordComponent component : components) {
        try {
          add(component.getAccessor().invoke(schedule), parts);
        } catch (ReflectiveOperationException e) {
          // A record that keeps its components to itself says so by overriding parts().
        }
      }
    }
    return List.copyOf(parts);
  }

  private static void add(Object value, List<Schedule> parts) {
    if (value instanceof Schedule part) {
      parts.add(part);
    } else if (value instanceof List<?> list) {
      list.forEach(each -> add(each, parts));
    }
  }
}
