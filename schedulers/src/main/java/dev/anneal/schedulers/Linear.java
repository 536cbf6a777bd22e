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
 * The straight line from one value to another: {@code initial + (end - initial) * min(t, N) / N},
 * where {@code t} is the clock and {@code N} is {@code over}, both counted in {@code per}.
 *
 * <p>At t = 0 the value is exactly {@code initial}; at t = N and beyond it is exactly {@code end},
 * and where N is 0 it is {@code end} from the start. N need not be whole. Over 100% the end is
 * reached when the run is over: its last update still takes a step before it. The value is within 1
 * ulp of the formula, and has the bits of {@link Polynomial} with power 1.
 *
 * <p>Frameworks disagree on what an empty length means: Optax keeps the first value, Keras refuses
 * it, LinearLR of PyTorch divides by 0.
 *
 * <p>Source: LinearLR of PyTorch, whose {@code start_factor} and {@code end_factor} times the base
 * rate are {@code initial} and {@code end}; linear_schedule of Optax; Li et al. 2020 (budgeted
 * training) with {@code end=0} over 100%.
 */
@Plugin(
    name = "linear",
    summary = "initial + (end - initial) * min(t, over) / over",
    source = "PyTorch LinearLR; Optax linear_schedule; Li et al. 2020")
public record Linear(
    @Param(value = "the value at the start", range = "[0, inf)", alias = "initial_learning_rate")
        double initial,
    @Param(
            value = "the value at the end and beyond",
            byDefault = "0",
            range = "[0, inf)",
            alias = "end_learning_rate")
        double end,
    @Param(
            value = "how long it takes to get there",
            byDefault = "100%",
            range = "[0, inf)",
            alias = "total_iters")
        Duration over,
    Unit per)
    implements Schedule {

  @Override
  public double at(Progress progress) {
    double t = per.clock(progress);
    double n = over.in(per, progress);
    return t >= n ? end : DoubleDouble.line(initial, end, t, n);
  }

  @Override
  public List<Boundary> boundaries(Progress run) {
    return List.of(Boundary.end(per.firstIteration(over.in(per, run), run)));
  }
}
