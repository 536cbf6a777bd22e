package dev.anneal.api.schedule;

import dev.anneal.api.InputException;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import java.util.List;

/**
 * The largest of schedules that all read the same clock, such as a floor under a decay.
 *
 * <p>Source: an identity of arithmetic.
 */
@Plugin(
    name = "max",
    summary = "the largest of schedules, all on the same clock",
    source = "arithmetic")
public record Maximum(@Param("what is combined, all on the same clock") List<Schedule> schedules)
    implements Schedule {
  /**
   * Checks that there is one.
   *
   * @throws InputException if there is none
   */
  public Maximum {
    schedules = List.copyOf(schedules);
    Compositions.checkSome("max", schedules);
  }

  @Override
  public double at(Progress progress) {
    double value = schedules.getFirst().at(progress);
    for (int i = 1; i < schedules.size(); i++) {
      value = Math.max(value, schedules.get(i).at(progress));
    }
    return value;
  }

  @Override
  public List<Boundary> boundaries(Progress run) {
    return Compositions.boundaries(schedules, run);
  }
}
