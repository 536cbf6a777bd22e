package dev.anneal.schedulers;

import dev.anneal.api.numeric.DoubleDouble;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.api.schedule.Boundary;
import dev.anneal.api.schedule.Duration;
import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.api.schedule.Unit;
import java.util.ArrayList;
import java.util.List;

/**
 * A fall (or rise) from one value to another along a power of the time left; power 1 is a straight
 * line.
 *
 * <p>{@code (initial - end) * (1 - (min(t, N) / N)^k)^power + end}, where {@code t} is the clock
 * and {@code N} is {@code over}, both counted in {@code per}, and {@code k} is {@code k_decay}. At
 * t = 0 the value is exactly {@code initial}; at t = N and beyond it is exactly {@code end}, and
 * where N is 0 it is {@code end} from the start. N need not be whole. Over 100% the end is reached
 * when the run is over: its last update still takes a step before it.
 *
 * <p>With {@code cycle} there is no end: N grows to the next multiple of itself, {@code N * ceil(t
 * / N)}. At t = N, 2N, ... the value is exactly {@code end}; on the next tick it has jumped back to
 * the curve that leads there from {@code initial} at t = 0, lower each time.
 *
 * <p>The value is within 1 ulp of the formula; within {@code 2 + power} ulp where k is not 1.
 *
 * <p>Frameworks disagree: PolynomialLR of PyTorch has no end value and divides by 0 where N is 0,
 * Optax then keeps {@code initial}; PolyLRScheduler of timm has {@code power=0.5} by default, and
 * only Keras has {@code cycle}.
 *
 * <p>Source: PolynomialDecay of Keras; PolynomialLR of PyTorch where {@code end} is 0;
 * polynomial_schedule of Optax; PolyLRScheduler of timm and Zhang and Li 2020 for {@code k_decay}.
 */
@Plugin(
    name = "polynomial",
    summary =
        "(initial - end) * (1 - (min(t, over) / over)^k_decay)^power + end; power 1 is linear",
    source = "Keras PolynomialDecay; PyTorch PolynomialLR; timm PolyLRScheduler")
public record Polynomial(
    @Param(value = "the value at the start", range = "[0, inf)", alias = "initial_learning_rate")
        double initial,
    @Param(
            value = "the value at the end and beyond",
            byDefault = "0",
            range = "[0, inf)",
            alias = "end_learning_rate")
        double end,
    @Param(value = "the exponent; 1 is a straight line", byDefault = "1", range = "(0, inf)")
        double power,
    @Param(
            value = "how long it takes to get there",
            byDefault = "100%",
            range = "[0, inf)",
            alias = "decay_steps")
        Duration over,
    @Param(value = "whether the length grows each time it is over", byDefault = "false")
        boolean cycle,
    @Param(value = "the exponent of the time", byDefault = "1", range = "(0, inf)") double kDecay,
    Unit per)
    implements Schedule {

  @Override
  public double at(Progress progress) {
    double t = per.clock(progress);
    double n = length(t, over.in(per, progress));
    if (t >= n) {
      return end;
    }
    return DoubleDouble.power(initial, end, t, n, power, kDecay);
  }

  /** The length that counts at a time: the next multiple, where the length grows. */
  private double length(double t, double n) {
    if (!cycle) {
      return n;
    }
    double times = Math.max(1, Math.ceil(t / n));
    return times < 0x1p53 ? n * times : t; // a multiple that fine is the time itself
  }

  @Override
  public List<Boundary> boundaries(Progress run) {
    double n = over.in(per, run);
    if (!cycle) {
      return List.of(Boundary.end(per.firstIteration(n, run)));
    }
    List<Boundary> all = new ArrayList<>();
    // The value at a multiple of the length is still the end.
    for (double time = n; n > 0 && all.size() < Boundary.MOST; time += n) {
      long jump = per.firstIteration(Math.floor(time) + 1, run);
      if (jump > run.totalIterations()) {
        break;
      }
      all.add(Boundary.jump(jump, "cycle " + (all.size() + 2)));
    }
    return List.copyOf(all);
  }
}
