package dev.anneal.testkit;

import dev.anneal.api.schedule.Boundary;
import dev.anneal.api.schedule.Cursor;
import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Schedule;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Schedules that each break a law, the first of which is named. */
enum BrokenSchedule implements Schedule {
  OVER(
      "no-throw",
      p -> {
        if (p.iteration() > p.totalIterations()) {
          throw new IllegalStateException("it is over");
        }
        return 1;
      }),
  DIVIDES_BY_THE_REST("no-throw", p -> (double) (1000 / (p.totalIterations() - p.iteration()))),
  NEEDS_TWO_UPDATES("no-throw", p -> (double) (1000 / (p.totalIterations() - 1))),
  NEEDS_A_METRIC("no-throw", p -> p.metrics().value("loss", 0)),
  KNOWS_NO_BOUNDARIES("no-throw", p -> 1) {
    @Override
    public List<Boundary> boundaries(Progress run) {
      throw new IllegalStateException("none are known");
    }
  },
  PUSHING(
      "progress",
      p -> {
        ((Cursor) p).advance();
        return 1;
      }),
  REWINDING(
      "progress",
      p -> {
        ((Cursor) p).moveTo(0);
        return 1;
      }),
  COUNTING("pure", p -> Memory.count++),
  BY_THE_CLOCK("pure", p -> System.nanoTime() % 1000),
  RANDOM("pure", p -> Math.random()),
  SMOOTHED("pure", p -> Memory.last = 0.9 * Memory.last + p.iteration()),
  BY_OBJECT("pure", p -> System.identityHashCode(p) % 1000),
  NOTHING_LEFT("finite", p -> 0.0 / Math.max(0, p.totalIterations() - p.iteration())),
  ROOT_OF_THE_REST("finite", p -> Math.sqrt(p.totalIterations() - p.iteration())),
  ONE_OVER_THE_REST("finite", p -> 1.0 / (p.totalIterations() - p.iteration())),
  GROWS("finite", p -> Math.exp(p.iteration())),
  BELOW_0("bounds", p -> 1 - (double) p.iteration() / p.totalIterations()),
  ABOVE_10("bounds", p -> Math.sqrt(p.iteration())),
  BY_LOSS("metrics", BrokenSchedule::lastLoss),
  BY_ANOTHER_METRIC("metrics", BrokenSchedule::lastLoss) {
    @Override
    public Optional<String> monitored() {
      return Optional.of("val_loss");
    }
  },
  LISTED_BACKWARDS("boundaries", p -> 1) {
    @Override
    public List<Boundary> boundaries(Progress run) {
      return List.of(Boundary.jump(3, "second"), Boundary.jump(1, "first"));
    }
  },
  GOES_ON_AFTER_ITS_END("boundaries", p -> 1 / (1.0 + p.iteration())) {
    @Override
    public List<Boundary> boundaries(Progress run) {
      return List.of(Boundary.end(2));
    }
  },
  SQUARE("continuity", p -> p.iteration() / 4 % 2),
  STEP_AT_17("continuity", p -> p.iteration() < 17 ? 1 : 0.1),
  STEP_AT_HALF("continuity", p -> 2 * p.iteration() < p.totalIterations() ? 1 : 0.1),
  SPIKE_AT_17("continuity", p -> p.iteration() == 17 ? 10 : 0.01),
  SPIKE_AT_HALF("continuity", p -> p.iteration() == p.totalIterations() / 2 ? 10 : 0.01),
  SMALL_SPIKE("continuity", p -> line(p) + (p.iteration() == 17 ? 1 : 0)),
  HOLE("continuity", p -> p.iteration() == p.totalIterations() / 3 ? 0 : line(p)),
  TWO_WRONG_VALUES("continuity", p -> line(p) + (p.iteration() / 2 == 8 ? 3 : 0)),
  SHIFTED_BOUNDARY("continuity", p -> p.iteration() < 17 ? 1 : 0.1) {
    @Override
    public List<Boundary> boundaries(Progress run) {
      return List.of(Boundary.jump(18, "lower"));
    }
  },
  ALLOCATING(
      "allocation",
      p -> {
        Memory.kept = new double[] {1 / (1.0 + p.iteration())};
        return Memory.kept[0];
      });

  /** What pure functions have none of. */
  private static final class Memory {
    private static long count;
    private static double last;
    private static double[] kept = {};
  }

  private final String law;
  private final ToDoubleFunction<Progress> value;

  BrokenSchedule(String law, ToDoubleFunction<Progress> value) {
    this.law = law;
    this.value = value;
  }

  private static double lastLoss(Progress progress) {
    int epochs = progress.metrics().epochs();
    double loss = epochs == 0 ? 1 : progress.metrics().value("loss", epochs - 1);
    return loss <= 1 ? loss : 1;
  }

  private static double line(Progress progress) {
    return 5 - 2 * Math.min(1, (double) progress.iteration() / progress.totalIterations());
  }

  String law() {
    return law;
  }

  @Override
  public double at(Progress progress) {
    return value.applyAsDouble(progress);
  }
}
