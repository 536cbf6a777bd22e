package dev.anneal.api.schedule;

import dev.anneal.api.InputException;
import dev.anneal.api.numeric.DoubleDouble;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import java.util.List;

/**
 * The sum of schedules that all read the same clock, added from left to right. A sum beyond the
 * largest number is that number.
 *
 * <p>Source: an identity of arithmetic.
 */
@Plugin(
    name = "sum",
    summary = "the sum of schedules, all on the same clock",
    source = "arithmetic")
public record Sum(@Param("what is combined, all on the same clock") List<Schedule> schedules)
    implements Schedule {
  /**
   * Checks that there is one.
   *
   * @throws InputException if there is none
   */
  public Sum {
    schedules = List.copyOf(schedules);
    Compositions.checkSome("sum", schedules);
  }

  @Override
  public double at(Progress progress) {
    double value = schedules.getFirst().at(progress);
    for (int i = 1; i < schedules.size(); i++) {
      value = DoubleDouble.finite(value + schedules.get(i).at(progress));
    }
    return value;
  }

  @Override
  public List<Boundary> boundaries(Progress run) {
    return Compositions.boundaries(schedules, run);
  }
}
