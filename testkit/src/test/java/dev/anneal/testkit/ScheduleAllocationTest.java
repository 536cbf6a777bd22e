package dev.anneal.testkit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.schedule.Constant;
import dev.anneal.api.schedule.Cursor;
import dev.anneal.api.schedule.Duration;
import dev.anneal.api.schedule.MetricHistory;
import dev.anneal.api.schedule.Progress;
import dev.anneal.api.schedule.Recurrence;
import dev.anneal.api.schedule.Schedule;
import org.junit.jupiter.api.Test;

class ScheduleAllocationTest {
  private record Counting(double by) implements Recurrence {
    @Override
    public int size() {
      return 2;
    }

    @Override
    public void begin(double[] state) {
      state[0] = by;
      state[1] = 0;
    }

    @Override
    public void next(double[] state, long tick, Progress run) {
      state[0] = 0.5 * state[0] + by * tick;
      state[1] += state[0];
    }
  }

  @Test
  void compositionsFiveDeepAllocateNothing() {
    Schedule leaf = new Constant(0.3);
    assertNothingIsAllocated(
        leaf.clamp(0, 1)
            .warmup(Duration.percent(7))
            .repeat(Duration.epochs(9))
            .then(Duration.percent(40), leaf.scale(2).shift(Duration.iterations(3)).plus(leaf))
            .times(leaf.max(leaf).min(leaf).warmup(Duration.epochs(2))));
  }

  @Test
  void recurrencesAllocateNothingOnceWarm() {
    Recurrence fast = new Counting(2);
    Recurrence slow = new Counting(1);
    Schedule both = p -> p.fold(fast, p.iteration())[1] + p.fold(slow, p.epoch())[0];
    assertNothingIsAllocated(
        both.repeat(Duration.iterations(3)).then(Duration.iterations(300), both));
  }

  private static void assertNothingIsAllocated(Schedule schedule) {
    Cursor cursor = new Cursor(25, 2500, MetricHistory.NONE);
    Runnable run =
        () -> {
          for (int t = 0; t < 2600; t++) {
            schedule.at(cursor.moveTo(t));
          }
        };
    run.run();
    assertTrue(new Allocations().vanish(20, run));
  }
}
