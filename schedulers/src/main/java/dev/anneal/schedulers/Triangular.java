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
 * Triangles between two values: a straight line from {@code base} to {@code peak} and back, again
 * and again.
 *
 * <p>With {@code u} the length {@code up}, {@code d} the length {@code down} and {@code c = t mod
 * (u + d)}, all counted in {@code per}, the value is {@code base + (peak - base) * c / u} for
 * {@code c <= u} and {@code base + (peak - base) * (u + d - c) / d} after that. At t = 0 and at
 * each multiple of u + d it is exactly {@code base}, at c = u exactly {@code peak}. Lengths need
 * not be whole; a turning point between two ticks is not reached. It has no end.
 *
 * <p>A momentum that moves against the rate is a second triangle with base and peak exchanged.
 *
 * <p>Source: Smith 2017, Cyclical Learning Rates; CyclicLR of PyTorch with {@code
 * mode="triangular"}. The step size of the paper and of TensorFlow Addons is half a cycle, {@code
 * up}.
 */
@Plugin(
    name = "triangular",
    summary = "base + (peak - base) * a triangle between 0 and 1",
    source = "Smith 2017; PyTorch CyclicLR")
public record Triangular(
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
    return Cycle.value(base, peak, Cycle.height(t, rise, fall));
  }

  @Override
  public List<Boundary> boundaries(Progress run) {
    return Cycle.boundaries(up, down, per, run);
  }
}
