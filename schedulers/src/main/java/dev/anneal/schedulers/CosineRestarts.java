package dev.anneal.schedulers;

import dev.anneal.api.numeric.DoubleDouble;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.api.schedule.Boundary;
import dev.anneal.api.schedule.Duration;
import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Relative;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.api.schedule.Unit;
import java.util.ArrayList;
import java.util.List;

/**
 * Half cosines from a height down to a floor, one after the other, each with a restart at its
 * beginning (SGDR). Restart i, counted from 0, begins at {@code s_i} and takes {@code T_i}:
 *
 * <ul>
 *   <li>{@code T_0} is {@code period}, {@code T_(i+1) = T_i * period_multiplier}; {@code s_0 = 0},
 *       {@code s_(i+1) = s_i + T_i}. A multiplier below 1 lets restarts come ever faster; no period
 *       is below one tick.
 *   <li>Between {@code s_i} and {@code s_(i+1)} the value is {@code floor + (peak_i - floor) * (1 +
 *       cos(pi * ((t - s_i) / T_i)^k)) / 2}, where {@code t} is the clock counted in {@code per}
 *       and {@code k} is {@code k_decay}.
 *   <li>{@code peak_i} is {@code floor + (initial - floor) * height_multiplier^i} where {@code
 *       multiplies=height}, and {@code initial * height_multiplier^i} where {@code
 *       multiplies=peak}; never below 0.
 * </ul>
 *
 * <p>At t = 0 the value is exactly {@code initial}. A boundary belongs to the right: at {@code s_i}
 * the value is {@code peak_i}. After {@code cycles} periods it is exactly the floor for good; with
 * {@code cycles=0} restarts never end. Restarts are counted period by period, not found by a
 * logarithm, and one that comes within a rounding of a whole tick falls on that tick: at {@code
 * period=10it, period_multiplier=3} the restart at t = 1210 is there, where implementations by
 * logarithm miss it. The time to find the period grows with the number of restarts, unless all
 * periods are equal.
 *
 * <p>Frameworks disagree on two things, and parameters say which: the floor is a fraction of {@code
 * initial} for Keras ({@code alpha}, not multiplied by {@code m_mul}: {@code floor_is=fraction,
 * multiplies=height}), a value for PyTorch and timm; timm multiplies the peak ({@code cycle_decay},
 * {@code multiplies=peak}), and has a last cycle ({@code cycle_limit}).
 *
 * <p>The value is within 1 ulp of the formula with floor, peak and {@code s_i} as doubles; where k
 * is not 1, within 3 ulp.
 *
 * <p>Source: Loshchilov and Hutter 2017; CosineDecayRestarts of Keras; CosineAnnealingWarmRestarts
 * of PyTorch; CosineLRScheduler of timm.
 */
@Plugin(
    name = "cosine-restarts",
    summary = "half cosines from a height to a floor, with restarts",
    source =
        "Loshchilov and Hutter 2017 (SGDR); Keras CosineDecayRestarts; PyTorch"
            + " CosineAnnealingWarmRestarts; timm")
public record CosineRestarts(
    @Param(value = "the value at the start", range = "[0, inf)", alias = "initial_learning_rate")
        double initial,
    @Param(
            value = "what each period falls to",
            byDefault = "0",
            range = "[0, inf)",
            alias = "eta_min")
        double floor,
    @Param(value = "what floor means; a fraction is one of initial", byDefault = "value")
        Relative floorIs,
    @Param(value = "the length of the first period", range = "(0, inf)", alias = "t_0")
        Duration period,
    @Param(
            value = "what each restart multiplies the period by",
            byDefault = "1",
            range = "(0, inf)",
            alias = "t_mul")
        double periodMultiplier,
    @Param(
            value = "what each restart multiplies the height by",
            byDefault = "1",
            range = "(0, inf)",
            alias = "m_mul")
        double heightMultiplier,
    @Param(value = "what height_multiplier multiplies", byDefault = "height") Multiplies multiplies,
    @Param(value = "how many periods; 0 is without end", byDefault = "0", range = "[0, inf)")
        long cycles,
    @Param(value = "the power of the time", byDefault = "1", range = "(0, inf)") double kDecay,
    Unit per)
    implements Schedule {
  /** What a restart multiplies. */
  public enum Multiplies {
    /** The height above the floor. */
    HEIGHT,
    /** The value at the restart, as counted from 0. */
    PEAK
  }

  @Override
  public double at(Progress progress) {
    double t = per.clock(progress);
    double length = first(progress);
    double start = 0;
    long restarts = 0;
    // Once all periods to come are equal, they are counted at once.
    while (shrinksOrGrows(length)) {
      double next = next(start, length);
      if (t < next) {
        break;
      }
      start = next;
      length = length(length);
      restarts++;
    }
    if (!shrinksOrGrows(length)) {
      double more = Math.floor((t - start) / length);
      restarts += (long) more;
      start = Math.min(t, Math.fma(more, length, start));
    }
    double end = DoubleDouble.finite(floorIs.of(floor, initial));
    if (cycles > 0 && restarts >= cycles) {
      return end;
    }
    return DoubleDouble.cosine(peak(end, restarts), end, t - start, length, 1, kDecay);
  }

  private double peak(double end, long restarts) {
    if (heightMultiplier == 1) {
      return initial;
    }
    double base = multiplies == Multiplies.HEIGHT ? end : 0;
    return Math.max(0, DoubleDouble.power(initial, base, heightMultiplier, (double) restarts));
  }

  private double first(Progress run) {
    return Math.max(1, period.in(per, run));
  }

  /** Whether the period after one of this length has another length. */
  private boolean shrinksOrGrows(double length) {
    return periodMultiplier > 1 || (periodMultiplier < 1 && length > 1);
  }

  private double length(double length) {
    return Math.clamp(length * periodMultiplier, 1, Double.MAX_VALUE);
  }

  /** Where the next period begins: the whole number, where that is within a rounding. */
  private static double next(double start, double length) {
    double next = start + length;
    double whole = Math.rint(next);
    return Math.abs(next - whole) <= next * 0x1p-50 ? whole : next;
  }

  @Override
  public List<Boundary> boundaries(Progress run) {
    List<Boundary> all = new ArrayList<>();
    double length = first(run);
    double time = 0;
    while (all.size() < Boundary.MOST) {
      time = next(time, length);
      length = length(length);
      long iteration = per.firstIteration(time, run);
      if (all.size() + 1 == cycles) {
        all.add(Boundary.end(iteration));
        break;
      }
      if (iteration > run.totalIterations()) {
        break;
      }
      all.add(Boundary.jump(iteration, "restart " + (all.size() + 1)));
    }
    return List.copyOf(all);
  }
}
