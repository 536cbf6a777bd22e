package dev.anneal.api.schedule;

import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import java.util.ArrayList;
import java.util.List;

/**
 * Another schedule again and again, each time as in a run of its own of the given length: {@code
 * 100%} in it means that length. After the last time the value stays where the schedule would be at
 * its end.
 *
 * <p>The first time begins at iteration 0. A length that is not a whole number of iterations counts
 * as the next one, so the n-th time begins at exactly n times the first's length.
 */
@Plugin(
    name = "repeat",
    summary = "schedule again and again, each time from its beginning",
    source = "Optax sgdr_schedule, for cycles of one shape")
public record Repeat(
    @Param("what is repeated") Schedule schedule,
    @Param(value = "the length of each time", range = "(0, inf)") Duration every,
    @Param(value = "how often; 0 is without end", byDefault = "0", range = "[0, inf)") long times)
    implements Schedule {

  @Override
  public double at(Progress progress) {
    long length = length(progress);
    long done = progress.iteration() / length;
    return times > 0 && done >= times
        ? progress.read(schedule, (times - 1) * length, length, length)
        : progress.read(schedule, done * length, length);
  }

  private long length(Progress run) {
    return Math.max(1, every.firstIteration(run));
  }

  @Override
  public List<Boundary> boundaries(Progress run) {
    long length = length(run);
    long last = run.totalIterations() / length;
    List<Boundary> all = new ArrayList<>();
    for (long time = 0; time <= last && all.size() < Boundary.MOST; time++) {
      long start = time * length;
      if (times > 0 && time == times) {
        all.add(new Boundary(start, "end of the repetition", Boundary.Kind.END, true));
        break;
      }
      if (time > 0) {
        all.add(Boundary.jump(start, "time " + (time + 1)));
      }
      Sequence.inner(schedule, run, start, length).stream()
          .filter(boundary -> boundary.iteration() < start + length)
          .forEach(all::add);
    }
    return List.copyOf(all);
  }
}
