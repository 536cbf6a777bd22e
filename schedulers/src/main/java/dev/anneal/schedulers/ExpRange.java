package dev.anneal.schedulers;

import dev.anneal.api.numeric.DoubleDouble;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.api.schedule.Boundary;
import dev.anneal.api.schedule.Duration;
import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.api.schedule.Unit;
import java.util.List;

/**
 * Triangles whose height shrinks from tick to tick.
 *
 * <p>With s the triangle between 0 and 1 of {@link Triangular}, the value is {@code base + (peak -
 * base) * s * gamma^t}, where {@code t} is the clock counted in {@code per}. At the beginning of
 * each cycle it is exactly {@code base}; with {@code gamma=1} it is the plain triangle. The turning
 * points come nearer to {@code base} from cycle to cycle: that is gamma^u below {@code peak} in the
 * first. It has no end.
 *
 * <p>Source: Smith 2017, Cyclical Learning Rates; CyclicLR of PyTorch with {@code
 * mode="exp_range"}.
 */
@Plugin(
    name = "exp-range",
    summary = "triangular, whose height shrinks as gamma^t",
    source = "Smith 2017; PyTorch CyclicLR, mode exp_range")
public record ExpRange(
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
    @Param(value = "what the height shrinks by at each tick", byDefault = "1", range = "(0, 1]")
        double gamma,
    Unit per)
    implements Schedule {

  @Override
  public double at(Progress progress) {
    double t = per.clock(progress);
    double rise = up.in(per, progress);
    double fall = Cycle.down(up, down, per, progress);
    double height = Cycle.height(t, rise, fall);
    return Cycle.value(base, peak, DoubleDouble.power(height, 0, gamma, t));
  }

  @Override
  public List<Boundary> boundaries(Progress run) {
    return Cycle.boundaries(up, down, per, run);
  }
}
