package dev.anneal.api.schedule;

import dev.anneal.api.numeric.DoubleDouble;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import java.util.List;

/** Another schedule times a number. A product beyond the largest number is that number. */
@Plugin(name = "scale", summary = "schedule * factor", source = "PyTorch ConstantLR")
public record Scale(
    @Param("what is multiplied") Schedule schedule,
    @Param("what it is multiplied by") double factor)
    implements Schedule {

  @Override
  public double at(Progress progress) {
    return DoubleDouble.finite(schedule.at(progress) * factor);
  }

  @Override
  public List<Boundary> boundaries(Progress run) {
    return schedule.boundaries(run);
  }
}
