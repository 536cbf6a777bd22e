package dev.anneal.core.schedule;

import dev.anneal.core.InputException;
import dev.anneal.core.spec.Param;
import dev.anneal.core.spec.Parameters;
import dev.anneal.core.spec.Plugin;
import java.util.List;

/**
 * Another schedule times a number. A product beyond the largest number is that number.
 *
 * @param schedule what is multiplied
 * @param factor the number
 */
@Plugin(name = "scale", summary = "schedule * factor", source = "PyTorch ConstantLR")
public record Scale(
    @Param("what is multiplied") Schedule schedule,
    @Param("what it is multiplied by") double factor)
    implements Schedule {
  /**
   * Checks the factor.
   *
   * @throws InputException if it is not finite
   */
  public Scale {
    Parameters.check(Scale.class, schedule, factor);
  }

  @Override
  public double at(Progress progress) {
    return Precise.finite(schedule.at(progress) * factor);
  }

  @Override
  public List<Boundary> boundaries(Progress run) {
    return schedule.boundaries(run);
  }
}
