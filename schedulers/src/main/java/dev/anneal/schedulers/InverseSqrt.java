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
 * A value that is held for a while and then falls with the square root of the time.
 *
 * <p>{@code initial * sqrt(s / max(t, s))}, where {@code t} is the clock and {@code s} is {@code
 * timescale}, both counted in {@code per}. Up to t = s the value is exactly {@code initial}; at t =
 * 4 s it is half of that. It has no end.
 *
 * <p>Source: the inverse square root schedule of T5 (Raffel et al. 2020), where {@code initial} is
 * {@code 1 / sqrt(timescale)}.
 */
@Plugin(
    name = "inverse-sqrt",
    summary = "initial * sqrt(timescale / max(t, timescale))",
    source = "Raffel et al. 2020 (T5)")
public record InverseSqrt(
    @Param(value = "the value at the start", range = "[0, inf)", alias = "initial_learning_rate")
        double initial,
    @Param(value = "how long the value is held", range = "(0, inf)") Duration timescale,
    Unit per)
    implements Schedule {

  @Override
  public double at(Progress progress) {
    double t = per.clock(progress);
    double s = timescale.in(per, progress);
    return t <= s ? initial : initial * Math.sqrt(s / t);
  }

  @Override
  public List<Boundary> boundaries(Progress run) {
    return List.of(Boundary.bend(per.firstIteration(timescale.in(per, run), run), "falls"));
  }
}
