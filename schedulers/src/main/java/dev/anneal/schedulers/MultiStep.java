package dev.anneal.schedulers;

import dev.anneal.api.numeric.DoubleDouble;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.api.schedule.Boundary;
import dev.anneal.api.schedule.Duration;
import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.api.schedule.Unit;
import java.util.Comparator;
import java.util.List;

/**
 * A change by the same factor at each of some times: {@code initial * factor^c}, where {@code c}
 * counts the times that are at most {@code t + offset} and {@code t} is the clock counted in {@code
 * per}.
 *
 * <p>The times need not be in order, and one that stands twice counts twice. A boundary belongs to
 * the right: with offset 0, as in PyTorch, the value changes at the time itself; with offset 1, as
 * in timm, one tick earlier. At t = 0 the value is exactly {@code initial}, unless a time counts
 * already; after the last time it holds. A factor above 1 makes it rise, at most to {@link
 * Double#MAX_VALUE}. The value is within 1 ulp of the formula.
 *
 * <p>Source: MultiStepLR of PyTorch (offset 0); MultiStepLRScheduler of timm (offset 1);
 * piecewise_constant_schedule of Optax where all scales are equal.
 */
@Plugin(
    name = "multi-step",
    summary = "initial * factor^(how many of the times are over)",
    source = "PyTorch MultiStepLR (offset 0); timm MultiStepLRScheduler (offset 1)")
public record MultiStep(
    @Param(value = "the value at the start", range = "[0, inf)", alias = "initial_learning_rate")
        double initial,
    @Param(value = "what each change multiplies by", range = "(0, inf)", alias = "gamma")
        double factor,
    @Param(value = "the times of the changes", range = "[0, inf)", alias = "milestones")
        List<Duration> at,
    @Param(value = "1 makes every change one tick earlier", byDefault = "0", range = "[0, 1]")
        int offset,
    Unit per)
    implements Schedule {
  /** Copies the list. */
  public MultiStep {
    at = List.copyOf(at);
  }

  @Override
  public double at(Progress progress) {
    double t = per.clock(progress) + offset;
    int changes = 0;
    for (int i = 0; i < at.size(); i++) {
      if (t >= at.get(i).in(per, progress)) {
        changes++;
      }
    }
    return DoubleDouble.power(initial, 0, factor, changes);
  }

  @Override
  public List<Boundary> boundaries(Progress run) {
    return at.stream()
        .map(time -> per.firstIteration(Math.max(0, time.in(per, run) - offset), run))
        .map(iteration -> Boundary.jump(iteration, "change"))
        .sorted(Comparator.comparingLong(Boundary::iteration))
        .toList();
  }
}
