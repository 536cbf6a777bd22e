package dev.anneal.schedulers;

import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.api.schedule.Boundary;
import dev.anneal.api.schedule.Duration;
import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.api.schedule.Unit;
import java.util.ArrayList;
import java.util.List;

/**
 * Equal cosine cycles, each from the initial value almost to 0, where a model is kept.
 *
 * <p>{@code initial / 2 * (1 + cos(pi * (t mod C) / C))}, where {@code t} is the clock, {@code C =
 * ceil(T / cycles)} and {@code T} is {@code over}, both counted in {@code per}. At t = 0, C, 2 C,
 * ... the value is exactly {@code initial}; the last tick of a cycle stops one step short of 0. The
 * last cycle is shorter where {@code cycles} does not divide T. From t = T on the value of the last
 * tick before holds.
 *
 * <p>Source: Huang et al. 2017, Snapshot Ensembles, whose t counts from 1.
 */
@Plugin(
    name = "snapshot",
    summary = "cosine cycles of equal length, each from initial to almost 0",
    source = "Huang et al. 2017")
public record Snapshot(
    @Param(value = "the value at the start", range = "[0, inf)", alias = "initial_learning_rate")
        double initial,
    @Param(value = "how many cycles there are", range = "[1, inf)") int cycles,
    @Param(value = "how long all take together", byDefault = "100%", range = "[0, inf)")
        Duration over,
    Unit per)
    implements Schedule {

  @Override
  public double at(Progress progress) {
    double total = over.in(per, progress);
    double t = Math.min((double) per.clock(progress), Math.max(0, Math.ceil(total) - 1));
    double length = length(total);
    return Shapes.cosine(initial, 0, Shapes.left(t % length, 0, length));
  }

  private double length(double total) {
    return Math.max(1, Math.ceil(total / cycles));
  }

  @Override
  public List<Boundary> boundaries(Progress run) {
    double total = over.in(per, run);
    double length = length(total);
    List<Boundary> all = new ArrayList<>();
    for (int n = 1; n * length < total && all.size() < Boundary.MOST; n++) {
      all.add(Boundary.jump(per.firstIteration(n * length, run), "cycle " + (n + 1)));
    }
    all.add(Boundary.end(per.firstIteration(total, run)));
    return List.copyOf(all);
  }
}
