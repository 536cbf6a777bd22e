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
 * A straight rise from 0 to a value that is then held.
 *
 * <p>{@code initial * min(1, t / w)}, where {@code t} is the clock and {@code w} is {@code warmup},
 * both counted in {@code per}. At t = 0 the value is 0, so the first update changes nothing; from t
 * = w on it is exactly {@code initial}. With w = 0 there is no warm-up. It has no end.
 *
 * <p>Source: get_constant_schedule_with_warmup of Transformers; warmup_constant_schedule of Optax
 * from 0.
 */
@Plugin(
    name = "constant-with-warmup",
    summary = "initial * min(1, t / warmup)",
    source = "Transformers get_constant_schedule_with_warmup")
public record ConstantWithWarmup(
    @Param(
            value = "the value after the warm-up",
            range = "[0, inf)",
            alias = "initial_learning_rate")
        double initial,
    @Param(value = "how long the warm-up takes", range = "[0, inf)", alias = "num_warmup_steps")
        Duration warmup,
    Unit per)
    implements Schedule {

  @Override
  public double at(Progress progress) {
    double t = per.clock(progress);
    double w = warmup.in(per, progress);
    return t < w ? initial * (t / w) : initial;
  }

  @Override
  public List<Boundary> boundaries(Progress run) {
    return List.of(Shapes.warmedUp(warmup.in(per, run), per, run));
  }
}
