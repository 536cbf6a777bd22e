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
 * Reflected exponential decay: {@code end + (initial - end) * (1 - p) / (1 - p / 2)} with {@code p
 * = min(t, N) / N}, where {@code t} is the clock and {@code N} is {@code over}, both counted in
 * {@code per}. It lies above the straight line and falls ever faster, twice as fast at the end as
 * the line.
 *
 * <p>At t = 0 the value is exactly {@code initial}; at t = N and beyond it is exactly {@code end},
 * and where N is 0 it is {@code end} from the start. The value is within 1 ulp of the formula.
 *
 * <p>Source: Chen, Wolfe and Kyrillidis 2022 (REX), read at every update.
 */
@Plugin(
    name = "rex",
    summary = "end + (initial - end) * (1 - p) / (1 - p / 2), p = t / over",
    source = "Chen, Wolfe and Kyrillidis 2022")
public record Rex(
    @Param(value = "the value at the start", range = "[0, inf)", alias = "initial_learning_rate")
        double initial,
    @Param(value = "the value at the end and beyond", byDefault = "0", range = "[0, inf)")
        double end,
    @Param(value = "how long it takes to get there", byDefault = "100%", range = "[0, inf)")
        Duration over,
    Unit per)
    implements Schedule {

  @Override
  public double at(Progress progress) {
    double t = per.clock(progress);
    double n = over.in(per, progress);
    return t >= n ? end : DoubleDouble.reflected(initial, end, t, n);
  }

  @Override
  public List<Boundary> boundaries(Progress run) {
    return List.of(Boundary.end(per.firstIteration(over.in(per, run), run)));
  }
}
