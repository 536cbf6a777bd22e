package dev.anneal.api.schedule;

import dev.anneal.api.InputException;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import java.util.ArrayList;
import java.util.List;

/**
 * One schedule after the other, each in a run of its own: its clock starts at 0 where it begins,
 * and {@code 100%} in it means its own part of the run.
 *
 * <p>A boundary belongs to the right: it is the first iteration of the next schedule. One that is
 * no whole number of iterations counts as the next one; one before its predecessor counts as its
 * predecessor, so that the schedule between them is never read. The last schedule goes on to the
 * end of the run and beyond. The value jumps at a boundary unless the next schedule starts where
 * the one before stood.
 *
 * <p>Source: SequentialLR of PyTorch, whose milestones these are; join_schedules of Optax.
 */
@Plugin(
    name = "sequence",
    summary = "one schedule after the other, each from its own beginning",
    source = "PyTorch SequentialLR; Optax join_schedules")
public record Sequence(
    @Param("the schedules in order") List<Schedule> schedules,
    @Param(value = "where each but the first begins", byDefault = "[]", range = "[0, inf)")
        List<Duration> boundaries)
    implements Schedule {
  /**
   * Checks that there is a boundary between each two, and that boundaries of one measure ascend.
   *
   * @throws InputException if that is not so
   */
  public Sequence {
    schedules = List.copyOf(schedules);
    boundaries = List.copyOf(boundaries);
    Compositions.checkSome("sequence", schedules);
    if (boundaries.size() != schedules.size() - 1) {
      throw new InputException(
          "sequence: %d schedules have %d boundaries between them, not %d"
              .formatted(schedules.size(), schedules.size() - 1, boundaries.size()));
    }
    Duration.checkAscending("sequence", "boundaries", boundaries);
  }

  @Override
  public double at(Progress progress) {
    long start = 0;
    for (int i = 0; i < boundaries.size(); i++) {
      long end = Math.max(start, boundaries.get(i).firstIteration(progress));
      if (progress.iteration() < end) {
        return progress.read(schedules.get(i), start, end - start);
      }
      start = end;
    }
    return progress.read(schedules.getLast(), start, progress.totalIterations() - start);
  }

  @Override
  public List<Boundary> boundaries(Progress run) {
    List<Boundary> all = new ArrayList<>();
    long start = 0;
    for (int i = 0; i < boundaries.size(); i++) {
      long end = Math.max(start, boundaries.get(i).firstIteration(run));
      inner(schedules.get(i), run, start, end - start).stream()
          .filter(boundary -> boundary.iteration() < end)
          .forEach(all::add);
      all.add(Boundary.jump(end, "schedule " + (i + 2)));
      start = end;
    }
    all.addAll(inner(schedules.getLast(), run, start, run.totalIterations() - start));
    return List.copyOf(all);
  }

  /** The boundaries of a schedule in a part of the run. */
  static List<Boundary> inner(Schedule schedule, Progress run, long start, long length) {
    return schedule
        .boundaries(Progress.at(0, run.iterationsPerEpoch(), Math.max(1, length)))
        .stream()
        .map(boundary -> boundary.after(start))
        .toList();
  }
}
