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
 * A straight rise from 0, then a fall with the square root of the time.
 *
 * <p>{@code t} is the clock, {@code w} is {@code warmup} and {@code s} is {@code timescale}, all
 * counted in {@code per}. For {@code t < w} the value is {@code initial * t / w}, so the first
 * update has a rate of 0 and changes nothing; with w = 0 there is no warm-up. From t = w on it is
 * {@code initial / sqrt((t - w + s) / s)}: exactly {@code initial} at t = w, and half of it 3 s
 * later. A timescale of 0 stands for w, or for 10000 ticks where w is 0 too. It has no end.
 *
 * <p>Source: get_inverse_sqrt_schedule of Transformers.
 */
@Plugin(
    name = "inverse-sqrt-with-warmup",
    summary = "initial * t / warmup, then initial / sqrt((t - warmup + timescale) / timescale)",
    source = "Transformers get_inverse_sqrt_schedule")
public record InverseSqrtWithWarmup(
    @Param(
            value = "the value after the warm-up",
            range = "[0, inf)",
            alias = "initial_learning_rate")
        double initial,
    @Param(value = "how long the warm-up takes", range = "[0, inf)", alias = "num_warmup_steps")
        Duration warmup,
    @Param(
            value = "how slowly it falls; 0 is as long as the warm-up",
            byDefault = "0it",
            range = "[0, inf)")
        Duration timescale,
    Unit per)
    implements Schedule {

  /** What Transformers falls back to. */
  private static final double TICKS = 10_000;

  @Override
  public double at(Progress progress) {
    double t = per.clock(progress);
    double w = warmup.in(per, progress);
    if (t < w) {
      return initial * (t / w);
    }
    double given = timescale.in(per, progress);
    double s = given > 0 ? given : w > 0 ? w : TICKS;
    return initial / Math.sqrt((t - w + s) / s);
  }

  @Override
  public List<Boundary> boundaries(Progress run) {
    return List.of(Shapes.warmedUp(warmup.in(per, run), per, run));
  }
}
