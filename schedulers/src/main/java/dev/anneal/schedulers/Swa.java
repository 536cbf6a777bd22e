package dev.anneal.schedulers;

import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.api.schedule.Boundary;
import dev.anneal.api.schedule.Curve;
import dev.anneal.api.schedule.Duration;
import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.api.schedule.Unit;
import java.util.ArrayList;
import java.util.List;

/**
 * Another schedule, and from some time on a way to the constant rate at which weights are averaged.
 *
 * <p>{@code t} is the clock, {@code a} the first tick at or after {@code at} and {@code n} is
 * {@code over}, all counted in {@code per}. For {@code t < a} the value is that of {@code
 * schedule}. From there it goes from the value that the schedule has at t = a to {@code swaRate}
 * along {@code curve}: exactly the former at t = a, exactly the latter at t = a + n and beyond.
 * With n = 0 it jumps.
 *
 * <p>Source: SWALR of PyTorch, stepped instead of the schedule from epoch {@code at} on; Izmailov
 * et al. 2018, Averaging Weights Leads to Wider Optima.
 */
@Plugin(
    name = "swa",
    summary = "schedule, and from some time on a way to swa_rate",
    source = "PyTorch SWALR; Izmailov et al. 2018")
public record Swa(
    @Param("what is read before") Schedule schedule,
    @Param(value = "the value at the end and beyond", range = "[0, inf)", alias = "swa_lr")
        double swaRate,
    @Param(value = "when the change begins", range = "[0, inf)", alias = "swa_start") Duration at,
    @Param(value = "how long it takes", range = "[0, inf)", alias = "anneal_epochs") Duration over,
    @Param(value = "its shape", byDefault = "cosine") Curve curve,
    Unit per)
    implements Schedule {

  @Override
  public double at(Progress progress) {
    double t = per.clock(progress);
    double begin = Math.ceil(at.in(per, progress));
    if (t < begin) {
      return schedule.at(progress);
    }
    double length = over.in(per, progress);
    if (t - begin >= length) {
      return swaRate;
    }
    long first = per.firstIteration(begin, progress);
    double from = progress.read(schedule, 0, progress.totalIterations(), first);
    return curve.between(from, swaRate, (t - begin) / length);
  }

  @Override
  public List<Boundary> boundaries(Progress run) {
    double begin = Math.ceil(at.in(per, run));
    double length = over.in(per, run);
    long first = per.firstIteration(begin, run);
    List<Boundary> all = new ArrayList<>();
    schedule.boundaries(run).stream()
        .filter(boundary -> boundary.iteration() < first)
        .forEach(all::add);
    all.add(new Boundary(first, "towards the averaging rate", Boundary.Kind.PHASE, length < 1));
    // Rounded up by itself: a length below the spacing of numbers at the beginning takes a tick
    // too.
    all.add(Boundary.end(per.firstIteration(begin + Math.ceil(length), run)));
    return List.copyOf(all);
  }
}
