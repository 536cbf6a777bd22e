package dev.anneal.api.schedule;

import dev.anneal.api.InputException;
import dev.anneal.api.numeric.DoubleDouble;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import java.util.List;

/**
 * The product of schedules that all read the same clock, as factors of a rate. A product beyond the
 * largest number is that number.
 *
 * <p>Source: ChainedScheduler of PyTorch, for schedules that multiply.
 */
@Plugin(
    name = "product",
    summary = "the product of schedules, all on the same clock",
    source = "PyTorch ChainedScheduler, for schedules that multiply")
public record Product(@Param("what is combined, all on the same clock") List<Schedule> schedules)
    implements Schedule {
  /**
   * Checks that there is one.
   *
   * @throws InputException if there is none
   */
  public Product {
    schedules = List.copyOf(schedules);
    Compositions.checkSome("product", schedules);
  }

  @Override
  public double at(Progress progress) {
    double value = schedules.getFirst().at(progress);
    for (int i = 1; i < schedules.size(); i++) {
      value = DoubleDouble.finite(value * schedules.get(i).at(progress));
    }
    return value;
  }

  @Override
  public List<Boundary> boundaries(Progress run) {
    return Compositions.boundaries(schedules, run);
  }
}
