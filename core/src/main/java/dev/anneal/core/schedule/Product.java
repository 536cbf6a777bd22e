package dev.anneal.core.schedule;

import dev.anneal.core.InputException;
import dev.anneal.core.spec.Param;
import dev.anneal.core.spec.Parameters;
import dev.anneal.core.spec.Plugin;
import java.util.List;

/**
 * The product of schedules that all read the same clock, as factors of a rate. A product beyond the
 * largest number is that number.
 *
 * <p>Source: ChainedScheduler of PyTorch, for schedules that multiply.
 *
 * @param schedules at least one schedule
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
    Parameters.check(Product.class, schedules);
    Numeric.checkSome("product", schedules);
  }

  @Override
  public double at(Progress progress) {
    double value = schedules.getFirst().at(progress);
    for (int i = 1; i < schedules.size(); i++) {
      value = Precise.finite(value * schedules.get(i).at(progress));
    }
    return value;
  }

  @Override
  public List<Boundary> boundaries(Progress run) {
    return Numeric.boundaries(schedules, run);
  }
}
