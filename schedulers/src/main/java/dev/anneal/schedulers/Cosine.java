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
 * Half a cosine from one value down (or up) to another: {@code floor + (initial - floor) * ((1 +
 * cos(pi * (t / N)^k)) / 2)^exponent}, where {@code t} is the clock and {@code N} is {@code over},
 * both counted in {@code per}, and {@code k} is {@code k_decay}.
 *
 * <p>At t = 0 the value is exactly {@code initial}, at t = N exactly the floor; where N is 0 it is
 * the floor from the start. N need not be whole. Over 100% the floor is reached when the run is
 * over: its last update still takes a step before it.
 *
 * <p>Frameworks disagree on three things, and parameters say which:
 *
 * <ul>
 *   <li>Beyond N, Keras, Optax and timm hold the floor ({@code after=hold}); CosineAnnealingLR of
 *       PyTorch and get_cosine_schedule_with_warmup of Transformers rise again, to reach {@code
 *       initial} at 2N, and so on with a period of 2N ({@code after=rise}).
 *   <li>The floor is a fraction of {@code initial} for Keras and Optax ({@code alpha}, {@code
 *       floor_is=fraction}), a value for PyTorch ({@code eta_min}) and timm ({@code lr_min}, {@code
 *       floor_is=value}).
 *   <li>The length excludes a warm-up for Keras and, with {@code warmup_prefix}, for timm; it
 *       includes it for Optax and Transformers: see {@code warmup}, which leaves the rest of the
 *       run as 100%.
 * </ul>
 *
 * <p>The value is within 1 ulp of the formula with the floor as a double; where k is not 1, within
 * {@code 3 + 2 * exponent} ulp.
 *
 * <p>Source: Loshchilov and Hutter 2017; CosineDecay of Keras; CosineAnnealingLR of PyTorch;
 * cosine_decay_schedule of Optax, for {@code exponent} too; CosineLRScheduler of timm and Zhang and
 * Li 2020, for {@code k_decay}.
 */
@Plugin(
    name = "cosine",
    summary = "floor + (initial - floor) * (1 + cos(pi * t / over)) / 2",
    source =
        "Loshchilov and Hutter 2017; Keras CosineDecay; PyTorch CosineAnnealingLR; Optax; timm")
public record Cosine(
    @Param(value = "the value at the start", range = "[0, inf)", alias = "initial_learning_rate")
        double initial,
    @Param(value = "the value at the end", byDefault = "0", range = "[0, inf)", alias = "eta_min")
        double floor,
    @Param(value = "what floor means; a fraction is one of initial", byDefault = "value")
        Relative floorIs,
    @Param(
            value = "how long it takes to get there",
            byDefault = "100%",
            range = "[0, inf)",
            alias = "t_max")
        Duration over,
    @Param(value = "the power of the cosine", byDefault = "1", range = "(0, inf)") double exponent,
    @Param(value = "the power of the time", byDefault = "1", range = "(0, inf)") double kDecay,
    @Param(value = "what comes beyond the end", byDefault = "hold") After after,
    Unit per)
    implements Schedule {
  /** What comes beyond the end. */
  public enum After {
    /** The floor. */
    HOLD,
    /** The way back to the first value, and down again. */
    RISE
  }

  @Override
  public double at(Progress progress) {
    double t = per.clock(progress);
    double n = over.in(per, progress);
    double end = DoubleDouble.finite(floorIs.of(floor, initial));
    if (t >= n) {
      if (after == After.HOLD || n == 0) {
        return end;
      }
      t = t % (2 * n);
      t = Math.min(t, 2 * n - t);
    }
    return DoubleDouble.cosine(initial, end, t, n, exponent, kDecay);
  }

  @Override
  public List<Boundary> boundaries(Progress run) {
    double n = over.in(per, run);
    if (after == After.HOLD || n == 0) {
      return List.of(Boundary.end(per.firstIteration(n, run)));
    }
    List<Boundary> turns = new ArrayList<>();
    for (double time = n; turns.size() < Boundary.MOST; time += n) {
      long iteration = per.firstIteration(time, run);
      if (iteration > run.totalIterations()) {
        break;
      }
      turns.add(Boundary.bend(iteration, turns.size() % 2 == 0 ? "rise" : "fall"));
    }
    return List.copyOf(turns);
  }
}
