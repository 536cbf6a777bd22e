package dev.anneal.schedulers;

import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.api.schedule.Boundary;
import dev.anneal.api.schedule.Duration;
import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.api.schedule.Unit;
import java.util.List;

/**
 * Triangles whose height halves from cycle to cycle.
 *
 * <p>With s the triangle between 0 and 1 of {@link Triangular}, and n the number of the cycle
 * counted from 0, the value is {@code base + (peak - base) * s / 2^n}. At the beginning of each
 * cycle it is exactly {@code base}, at the first turning point exactly {@code peak}. It has no end:
 * the height falls below the smallest double.
 *
 * <p>Source: Smith 2017, Cyclical Learning Rates; CyclicLR of PyTorch with {@code
 * mode="triangular2"}.
 */
@Plugin(
    name = "triangular2",
    summary = "triangular, whose height halves with each cycle",
    source = "Smith 2017; PyTorch CyclicLR, mode triangular2")
public record Triangular2(
    @Param(value = "where each cycle begins and ends", range = "[0, inf)", alias = "base_lr")
        double base,
    @Param(value = "the turning point of the first cycle", range = "[0, inf)", alias = "max_lr")
        double peak,
    @Param(value = "the time from base to peak", range = "(0, inf)", alias = "step_size_up")
        Duration up,
    @Param(
            value = "the time from peak to base; 0 is as long as up",
            byDefault = "0it",
            range = "[0, inf)",
            alias = "step_size_down")
        Duration down,
    Unit per)
    implements Schedule {

  @Override
  public double at(Progress progress) {
    double t = per.clock(progress);
    double rise = up.in(per, progress);
    double fall = Cycle.down(up, down, per, progress);
    double halvings = Math.min(Cycle.number(t, rise + fall), 2000);
    double height = Math.scalb(Cycle.height(t, rise, fall), -(int) halvings);
    return Cycle.value(base, peak, height);
  }

  @Override
  public List<Boundary> boundaries(Progress run) {
    return Cycle.boundaries(up, down, per, run);
  }
}
