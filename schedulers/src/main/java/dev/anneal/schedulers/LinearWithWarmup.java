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
 * A straight rise from 0, then a straight fall.
 *
 * <p>{@code t} is the clock, {@code w} is {@code warmup} and {@code T} is {@code over}, all counted
 * in {@code per}; T includes the warm-up. For {@code t < w} the value is {@code initial * t / w},
 * so the first update has a rate of 0 and changes nothing; with w = 0 there is no warm-up. From t =
 * w on it is {@code end + (initial - end) * (T - t) / (T - w)}: exactly {@code initial} at t = w,
 * exactly {@code end} at t = T and beyond. Where the warm-up takes all of T or more, the rise goes
 * on to w and the value is {@code end} from there.
 *
 * <p>Source: get_linear_schedule_with_warmup of Transformers, where {@code end} is 0.
 */
@Plugin(
    name = "linear-with-warmup",
    summary = "initial * t / warmup, then a straight line to end",
    source = "Transformers get_linear_schedule_with_warmup")
public record LinearWithWarmup(
    @Param(
            value = "the value after the warm-up",
            range = "[0, inf)",
            alias = "initial_learning_rate")
        double initial,
    @Param(value = "how long the warm-up takes", range = "[0, inf)", alias = "num_warmup_steps")
        Duration warmup,
    @Param(value = "the value at the end and beyond", byDefault = "0", range = "[0, inf)")
        double end,
    @Param(
            value = "when the end is reached, the warm-up included",
            byDefault = "100%",
            range = "[0, inf)",
            alias = "num_training_steps")
        Duration over,
    Unit per)
    implements Schedule {

  @Override
  public double at(Progress progress) {
    double t = per.clock(progress);
    double w = warmup.in(per, progress);
    return t < w
        ? initial * (t / w)
        : Shapes.linear(initial, end, Shapes.left(t, w, over.in(per, progress)));
  }

  @Override
  public List<Boundary> boundaries(Progress run) {
    return Shapes.phases(warmup.in(per, run), over.in(per, run), per, run);
  }
}
