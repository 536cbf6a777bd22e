package dev.anneal.api.schedule;

import dev.anneal.api.InputException;
import dev.anneal.api.numeric.Numbers;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import java.util.List;

/**
 * Another schedule kept within bounds: {@code min(max(schedule, low), high)}.
 *
 * <p>Source: {@code end_value} of Optax's exponential_decay is the bound of a decay below, {@code
 * min_lr} of many schedulers too.
 */
@Plugin(
    name = "clamp",
    summary = "min(max(schedule, low), high)",
    source = "Optax exponential_decay, end_value")
public record Clamp(
    @Param("what is kept within the bounds") Schedule schedule,
    @Param(value = "the least value", byDefault = "-inf", range = "[-inf, inf)") double low,
    @Param(value = "the greatest value", byDefault = "inf", range = "(-inf, inf]") double high)
    implements Schedule {
  /**
   * Checks the bounds.
   *
   * @throws InputException if the upper bound is below the lower one
   */
  public Clamp {
    if (low > high) {
      throw new InputException(
          "clamp: low must not exceed high, but %s > %s"
              .formatted(Numbers.print(low), Numbers.print(high)));
    }
  }

  @Override
  public double at(Progress progress) {
    return Math.min(Math.max(schedule.at(progress), low), high);
  }

  @Override
  public List<Boundary> boundaries(Progress run) {
    return schedule.boundaries(run);
  }
}
