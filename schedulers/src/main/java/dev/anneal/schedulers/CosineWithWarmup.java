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
import java.util.List;

/**
 * A straight rise from 0, then a fall along a cosine.
 *
 * <p>{@code t} is the clock plus {@code offset}, {@code w} is {@code warmup} and {@code T} is
 * {@code over}, all counted in {@code per}; T includes the warm-up. For {@code t < w} the value is
 * {@code initial * t / w}; with w = 0 there is no warm-up. From t = w on it is {@code floor +
 * (initial - floor) * (1 + cos(2 pi cycles p)) / 2}, where {@code p = (t - w) / (T - w)}: exactly
 * {@code initial} at t = w. With {@code cycles=0.5} it is exactly the floor at t = T. Beyond T,
 * {@code after=hold} keeps the value of T; {@code after=rise} goes on along the cosine, which rises
 * again. Where the warm-up takes all of T or more, the rise goes on to w and the value of T holds
 * from there.
 *
 * <p>With {@code offset=0} the first update has a rate of 0 and changes nothing; {@code offset=1}
 * makes it {@code initial / w}, and all that follows comes one tick earlier.
 *
 * <p>The error is at most 4 units in the last place of the larger of the initial value and the
 * floor for up to one cycle.
 *
 * <p>Source: get_cosine_schedule_with_warmup of Transformers, which is {@code after=rise};
 * get_cosine_with_min_lr_schedule_with_warmup with {@code floor}; the variant {@code
 * ..._warmup_lr_rate} without a first rate is {@code offset=1}.
 */
@Plugin(
    name = "cosine-with-warmup",
    summary = "initial * t / warmup, then a cosine to floor",
    source = "Transformers get_cosine_schedule_with_warmup")
public record CosineWithWarmup(
    @Param(
            value = "the value after the warm-up",
            range = "[0, inf)",
            alias = "initial_learning_rate")
        double initial,
    @Param(value = "how long the warm-up takes", range = "[0, inf)", alias = "num_warmup_steps")
        Duration warmup,
    @Param(value = "the lowest point", byDefault = "0", range = "[0, inf)", alias = "min_lr")
        double floor,
    @Param(value = "what floor means; a fraction is one of initial", byDefault = "value")
        Relative floorIs,
    @Param(
            value = "how many periods; 0.5 is one fall",
            byDefault = "0.5",
            range = "(0, inf)",
            alias = "num_cycles")
        double cycles,
    @Param(value = "hold at the end, or rise again along the cosine", byDefault = "hold")
        Cosine.After after,
    @Param(value = "1 starts the clock at 1", byDefault = "0", range = "[0, 1]") int offset,
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
    double t = (double) per.clock(progress) + offset;
    double w = warmup.in(per, progress);
    if (t < w) {
      return initial * (t / w);
    }
    double end = over.in(per, progress);
    double p = after == Cosine.After.RISE && w < end ? (t - w) / (end - w) : Shapes.done(t, w, end);
    // The cosine is even about whole periods: what is left to the nearest lowest point, from 0 to
    // 1.
    double period = DoubleDouble.finite(cycles * p) % 1;
    return Shapes.cosine(
        initial, DoubleDouble.finite(floorIs.of(floor, initial)), Math.abs(1 - 2 * period));
  }

  @Override
  public List<Boundary> boundaries(Progress run) {
    double warm = Math.max(0, warmup.in(per, run) - offset);
    List<Boundary> phases = Shapes.phases(warm, Math.max(0, over.in(per, run) - offset), per, run);
    return after == Cosine.After.RISE
        ? List.of(phases.getFirst(), Boundary.bend(phases.getLast().iteration(), "rises again"))
        : phases;
  }
}
