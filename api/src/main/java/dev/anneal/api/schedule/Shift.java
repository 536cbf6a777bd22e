package dev.anneal.api.schedule;

import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import java.util.ArrayList;
import java.util.List;

/**
 * Another schedule, later. Until then its first value holds; then it runs as if training had begun
 * there, with what is left of the run as its length.
 *
 * <p>Source: {@code transition_begin} of Optax.
 */
@Plugin(
    name = "shift",
    summary = "schedule, later: its first value holds until then",
    source = "Optax transition_begin")
public record Shift(
    @Param("what is read later") Schedule schedule,
    @Param(value = "how much later", range = "[0, inf)") Duration by)
    implements Schedule {

  @Override
  public double at(Progress progress) {
    long start = by.firstIteration(progress);
    return progress.read(schedule, start, progress.totalIterations() - start);
  }

  @Override
  public List<Boundary> boundaries(Progress run) {
    long start = by.firstIteration(run);
    List<Boundary> all = new ArrayList<>();
    if (start > 0) {
      all.add(Boundary.bend(start, "shifted schedule"));
    }
    all.addAll(Sequence.inner(schedule, run, start, run.totalIterations() - start));
    return List.copyOf(all);
  }
}
