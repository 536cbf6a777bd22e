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
 * A fall (or rise) along a hyperbolic tangent: {@code end + (initial - end) * (1 - tanh(z)) / 2}
 * with {@code z = lower + (upper - lower) * t / N}, where {@code t} is the clock and {@code N} is
 * {@code over}, both counted in {@code per}. It keeps near {@code initial} for long, is steepest
 * where z is 0, and slows down again.
 *
 * <p>At t = 0 the value is exactly {@code initial}, where the formula is below it by {@code (1 +
 * tanh(lower)) / 2} of the height, 8e-7 by default: timm has the same exception, but not after a
 * warm-up with {@code warmup_prefix}. At t = N and beyond it is exactly {@code end}, to which it
 * jumps from {@code (1 - tanh(upper)) / 2} of the height, 0.0025 by default. Where N is 0 it is
 * {@code end} from the start. Elsewhere the value is within 1 ulp of the formula.
 *
 * <p>Source: Hsueh et al. 2019; TanhLRScheduler of timm with one cycle, where {@code lower} is
 * {@code lb} and {@code upper} is {@code ub}.
 */
@Plugin(
    name = "tanh",
    summary = "end + (initial - end) * (1 - tanh(lower + (upper - lower) * t / over)) / 2",
    source = "Hsueh et al. 2019; timm TanhLRScheduler")
public record Tanh(
    @Param(value = "the value at the start", range = "[0, inf)", alias = "initial_learning_rate")
        double initial,
    @Param(
            value = "the value at the end and beyond",
            byDefault = "0",
            range = "[0, inf)",
            alias = "lr_min")
        double end,
    @Param(
            value = "how long it takes to get there",
            byDefault = "100%",
            range = "[0, inf)",
            alias = "t_initial")
        Duration over,
    @Param(
            value = "where on the tangent it starts",
            byDefault = "-7",
            range = "[-100, 100]",
            alias = "lb")
        double lower,
    @Param(
            value = "where on the tangent it ends",
            byDefault = "3",
            range = "[-100, 100]",
            alias = "ub")
        double upper,
    Unit per)
    implements Schedule {

  @Override
  public double at(Progress progress) {
    double t = per.clock(progress);
    double n = over.in(per, progress);
    if (t >= n) {
      return end;
    }
    // (1 - tanh(z)) / 2 = 1 / (1 + e^2z)
    return t == 0 ? initial : DoubleDouble.logistic(initial, end, 2 * lower, 2 * upper, t, n);
  }

  @Override
  public List<Boundary> boundaries(Progress run) {
    long iteration = per.firstIteration(over.in(per, run), run);
    return List.of(new Boundary(iteration, "end", Boundary.Kind.END, true));
  }
}
