package dev.anneal.api.schedule;

import dev.anneal.api.InputException;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import java.util.List;

/**
 * The smallest of schedules that all read the same clock, such as a ceiling over a warm-up: {@code
 * min} of a rise and a decay is the form in which Noam and inverse square root are published.
 *
 * <p>Source: an identity of arithmetic.
 */
@Plugin(
    name = "min",
    summary = "the smallest of schedules, all on the same clock",
    source = "Vaswani et al. 2017, who write a warm-up so")
public record Minimum(@Param("what is combined, all on the same clock") List<Schedule> schedules)
    implements Schedule {
  /**
   * Checks that there is one.
   *
   * @throws InputException if there is none
   */
  public Minimum {
    schedules = List.copyOf(schedules);
    Compositions.checkSome("min", schedules);
  }

  @Override
  public double at(Progress progress) {
    double value = schedules.getFirst().at(progress);
    for (int i = 1; i < schedules.size(); i++) {
      value = Math.min(value, schedules.get(i).at(progress));
    }
    return value;
  }

  @Override
  public List<Boundary> boundaries(Progress run) {
    return Compositions.boundaries(schedules, run);
  }
}
