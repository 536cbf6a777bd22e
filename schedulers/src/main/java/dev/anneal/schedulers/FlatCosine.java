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
 * A value that is held, then a fall along a cosine.
 *
 * <p>{@code t} is the clock, {@code f} is {@code flat} and {@code T} is {@code over}, all counted
 * in {@code per}. Up to t = f the value is exactly {@code initial}, then {@code end + (initial -
 * end) * (1 + cos(pi p)) / 2}, where {@code p = (t - f) / (T - f)}, and exactly {@code end} at t =
 * T and beyond. Where f is T or more, the value drops to {@code end} at t = T.
 *
 * <p>Source: fit_flat_cos of fast.ai, where {@code end} is {@code initial / div_final}, 1e-5 of it.
 */
@Plugin(
    name = "flat-cosine",
    summary = "initial, and from flat on a cosine to end",
    source = "fast.ai fit_flat_cos")
public record FlatCosine(
    @Param(value = "the value at the start", range = "[0, inf)", alias = "initial_learning_rate")
        double initial,
    @Param(
            value = "how long it is held",
            byDefault = "75%",
            range = "[0, inf)",
            alias = "pct_start")
        Duration flat,
    @Param(value = "the value at the end and beyond", byDefault = "0", range = "[0, inf)")
        double end,
    @Param(value = "when the end is reached", byDefault = "100%", range = "[0, inf)") Duration over,
    Unit per)
    implements Schedule {

  @Override
  public double at(Progress progress) {
    double t = per.clock(progress);
    double from = flat.in(per, progress);
    double to = over.in(per, progress);
    return t < to && t <= from ? initial : Shapes.cosine(initial, end, Shapes.left(t, from, to));
  }

  @Override
  public List<Boundary> boundaries(Progress run) {
    double from = flat.in(per, run);
    double to = over.in(per, run);
    long last = per.firstIteration(to, run);
    return from < to
        ? List.of(Boundary.bend(per.firstIteration(from, run), "falls"), Boundary.end(last))
        : List.of(new Boundary(last, "end", Boundary.Kind.END, true));
  }
}
