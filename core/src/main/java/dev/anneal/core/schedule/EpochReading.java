package dev.anneal.core.schedule;

import dev.anneal.core.spec.Catalogue;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a schedule that is read per iteration would be if it were read per epoch: what its author
 * may have meant.
 *
 * @param schedule the schedule read per epoch
 * @param notation how to write it
 */
public record EpochReading(Schedule schedule, String notation) {
  /**
   * Turns a plugin's clock.
   *
   * @param schedule a record
   * @return the same record with its {@link Unit} set to {@link Unit#EPOCH}; nothing where it has
   *     none, or has it set so
   */
  static Optional<EpochReading> of(Schedule schedule) {
    RecordComponent[] components = schedule.getClass().getRecordComponents();
    if (components == null) {
      return Optional.empty();
    }
    try {
      Object[] values = new Object[components.length];
      boolean turned = false;
      for (int i = 0; i < values.length; i++) {
        Object value = components[i].getAccessor().invoke(schedule);
        values[i] = value == Unit.ITERATION ? Unit.EPOCH : value;
        turned |= value == Unit.ITERATION;
      }
      if (!turned) {
        return Optional.empty();
      }
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      Object read = schedule.getClass().getDeclaredConstructor(types).newInstance(values);
      return Optional.of(new EpochReading((Schedule) read, Catalogue.print(read)));
    } catch (ReflectiveOperationException e) {
      return Optional.empty(); // a record that keeps its components to itself has nothing to advise
    }
  }
}
