package dev.anneal.api.schedule;

import dev.anneal.api.InputException;
import dev.anneal.api.plugin.PluginType;
import java.util.Optional;

/**
 * What a schedule that is read per iteration would be if it were read per epoch: what its author
 * may have meant.
 *
 * @param schedule the schedule read per epoch
 * @param advice how to write it, where that is not the notation of the schedule
 */
public record PerEpoch(Schedule schedule, Optional<String> advice) {
  /** Turns the clock of a plugin; nothing where it has none, or one that counts epochs. */
  static Optional<PerEpoch> of(Schedule schedule) {
    return PluginType.of((Object) schedule)
        .filter(type ->
            type.components().stream()
                .anyMatch(each -> each.isPer() && each.of((Record) schedule) == Unit.ITERATION))
        .flatMap(type -> turned(type, (Record) schedule));
  }

  private static Optional<PerEpoch> turned(PluginType type, Record schedule) {
    try {
      Record turned = type.copy(schedule, (each, value) -> each.isPer() ? Unit.EPOCH : value);
      return Optional.of(new PerEpoch((Schedule) turned, Optional.empty()));
    } catch (InputException e) {
      return Optional.empty(); // one that may not be read per epoch
    }
  }
}
