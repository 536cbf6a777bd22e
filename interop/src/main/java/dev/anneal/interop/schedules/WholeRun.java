package dev.anneal.interop.schedules;

import dev.anneal.api.schedule.Constant;
import dev.anneal.api.schedule.Curve;
import dev.anneal.api.schedule.Duration;
import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.api.schedule.Sequence;
import dev.anneal.api.schedule.Unit;
import dev.anneal.api.schedule.Warmup;
import dev.anneal.interop.Counterpart;
import dev.anneal.interop.PythonWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Times as other frameworks count them: in whole ticks. */
final class WholeRun {
  /** Stands for a time that is no whole number of ticks. */
  static final long NOT = -1;

  private WholeRun() {}

  static long ticks(Duration duration, Unit per, Progress run) {
    double ticks = duration.in(per, run);
    return ticks == Math.rint(ticks) && ticks < Integer.MAX_VALUE ? (long) ticks : NOT;
  }

  /** The ticks of the run on the clock of a schedule; part of an epoch is one. */
  static long run(Unit per, Progress run) {
    return (long) Math.ceil(Duration.percent(100).in(per, run));
  }

  /** Several objects, one after the other. */
  record Chain(List<Counterpart> links, List<Long> milestones, Unit per) {
    /** What makes the objects, as Python lists them. */
    String objects() {
      return "[\n    "
          + String.join(",\n    ", links.stream().map(Counterpart::code).toList())
          + ",\n]";
    }

    List<String> notes() {
      return links.stream().flatMap(link -> link.notes().stream()).distinct().toList();
    }
  }

  /** The parts of a sequence, where each has an object of its own and all count the same ticks. */
  static @Nullable Chain chain(Sequence sequence, PythonWriter python) {
    Progress run = python.run();
    List<Schedule> schedules = new ArrayList<>();
    List<Long> starts = new ArrayList<>();
    List<Long> lengths = new ArrayList<>();
    long start = 0;
    for (int i = 0; i < sequence.schedules().size(); i++) {
      boolean last = i == sequence.boundaries().size();
      long end =
          last
              ? run.totalIterations()
              : Math.max(start, sequence.boundaries().get(i).firstIteration(run));
      if (last || end > start) {
        schedules.add(sequence.schedules().get(i));
        starts.add(start);
        lengths.add(end - start);
      }
      start = end;
    }
    List<Counterpart> links = new ArrayList<>();
    @Nullable Unit per = null;
    for (int i = 0; i < schedules.size(); i++) {
      @Nullable Counterpart link =
          python.counterpart(schedules.get(i), lengths.get(i)).orElse(null);
      if (link == null || !link.metric().isEmpty()) {
        return null;
      }
      if (!(schedules.get(i) instanceof Constant)) {
        if (per != null && per != link.per()) {
          return null;
        }
        per = link.per();
      }
      links.add(link);
    }
    Unit unit = per == null ? Unit.ITERATION : per;
    long tick = unit == Unit.EPOCH ? run.iterationsPerEpoch() : 1;
    if (starts.stream().anyMatch(time -> time % tick != 0)) {
      return null;
    }
    List<Long> milestones = starts.stream().skip(1).map(time -> time / tick).toList();
    return new Chain(links, milestones, unit);
  }

  /** The ticks of a warm-up along a straight line, after which the schedule's own clock starts. */
  static long warmup(Warmup warmup, PythonWriter python) {
    boolean plain =
        warmup.clock() == Warmup.Clock.AFTER
            && warmup.curve() == Curve.LINEAR
            && warmup.offset() == 0;
    long ticks = ticks(warmup.over(), warmup.per(), python.run());
    return plain && ticks > 0 ? ticks : NOT;
  }

  /** The iterations that are left after a warm-up. */
  static long left(Warmup warmup, PythonWriter python) {
    return python.run().totalIterations() - warmup.over().firstIteration(python.run());
  }

  /** The value that a warm-up leads to. */
  static double target(Warmup warmup, PythonWriter python) {
    return python.value(warmup.schedule(), left(warmup, python), 0);
  }
}
