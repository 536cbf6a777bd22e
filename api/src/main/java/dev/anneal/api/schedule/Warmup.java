package dev.anneal.api.schedule;

import dev.anneal.api.InputException;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A rise into another schedule.
 *
 * <p>For {@code t < w}, where {@code t} is the clock and {@code w} is {@code over}, both counted in
 * {@code per}, the value is {@code from + (target - from) * curve((t + offset) / w)}; from {@code t
 * = w} on it is the schedule's. With {@code w = 0} there is no warm-up. Frameworks disagree on what
 * the schedule's clock does meanwhile, so {@code clock} says it:
 *
 * <ul>
 *   <li>{@code after}: it starts at 0 when the warm-up is over, in a run of what is left; the
 *       target is its first value. So do Transformers and Optax, timm with {@code warmup_prefix},
 *       and SequentialLR. The value does not jump.
 *   <li>{@code during}: it runs from the beginning; the target is its first value. So does timm,
 *       but for its tanh. The value jumps down at {@code w} as far as the schedule has come by
 *       then.
 *   <li>{@code multiply}: it runs from the beginning, and the warm-up is a factor: the target is
 *       the schedule's value of the moment. The value does not jump.
 * </ul>
 *
 * <p>With {@code offset=0} and {@code from=0}, as in most frameworks, the first update has a rate
 * of 0 and changes nothing; {@code offset=1} makes it {@code target / w}, and reaches the target
 * one update before the schedule begins.
 *
 * <p>Source: Goyal et al. 2017; LinearLR of PyTorch; {@code get_*_schedule_with_warmup} of
 * Transformers; {@code warmup_t} of timm. The curve {@code one-minus-sqrt} is that of Transformers'
 * get_wsd_schedule.
 */
@Plugin(
    name = "warmup",
    summary = "from + (target - from) * curve((t + offset) / over), then schedule",
    source = "Goyal et al. 2017; PyTorch LinearLR; Transformers; timm")
public record Warmup(
    @Param("what the warm-up leads into") Schedule schedule,
    @Param(value = "how long it takes", range = "[0, inf)") Duration over,
    @Param(value = "where it starts", byDefault = "0", range = "[0, inf)") double from,
    @Param(value = "what from means; a fraction is one of the target", byDefault = "fraction")
        Relative fromIs,
    @Param(value = "its shape", byDefault = "linear") Curve curve,
    @Param(value = "1 starts the clock at 1", byDefault = "0", range = "[0, 1]") int offset,
    @Param(value = "what the schedule's clock does meanwhile", byDefault = "after") Clock clock,
    Unit per)
    implements Schedule {
  /** What the clock of the schedule does during the warm-up. */
  public enum Clock {
    /** It starts when the warm-up is over. */
    AFTER,
    /** It runs; the warm-up leads to the schedule's first value. */
    DURING,
    /** It runs; the warm-up is a factor. */
    MULTIPLY
  }

  /**
   * Refuses an exponential curve from 0.
   *
   * @throws InputException if the curve is exponential and from is 0
   */
  public Warmup {
    if (curve == Curve.EXPONENTIAL && from == 0) {
      throw new InputException("warmup: an exponential curve needs from above 0");
    }
  }

  @Override
  public double at(Progress progress) {
    double ticks = over.in(per, progress);
    long t = per.clock(progress);
    long first = per.firstIteration(ticks, progress);
    long left = progress.totalIterations() - first;
    if (t >= ticks) {
      return clock == Clock.AFTER ? progress.read(schedule, first, left) : schedule.at(progress);
    }
    double target =
        switch (clock) {
          case AFTER -> progress.read(schedule, first, left, 0);
          case DURING -> progress.read(schedule, 0, progress.totalIterations(), 0);
          case MULTIPLY -> schedule.at(progress);
        };
    return curve.between(fromIs.of(from, target), target, (t + offset) / ticks);
  }

  @Override
  public List<Boundary> boundaries(Progress run) {
    long end = per.firstIteration(over.in(per, run), run);
    List<Boundary> all = new ArrayList<>();
    all.add(new Boundary(end, "warm-up over", Boundary.Kind.WARMED_UP, clock == Clock.DURING));
    if (clock == Clock.AFTER) {
      all.addAll(Sequence.inner(schedule, run, end, run.totalIterations() - end));
    } else {
      schedule.boundaries(run).stream()
          .filter(boundary -> clock == Clock.MULTIPLY || boundary.iteration() >= end)
          .map(boundary -> boundary.iteration() < end ? boundary.goingOn() : boundary)
          .forEach(all::add);
      all.sort(Comparator.comparingLong(Boundary::iteration));
    }
    return List.copyOf(all);
  }
}
