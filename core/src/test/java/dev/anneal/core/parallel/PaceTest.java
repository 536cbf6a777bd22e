package dev.anneal.core.parallel;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PaceTest {
  private static final long MILLISECOND = 1_000_000;

  private final Pace pace = new Pace();
  private long now = -3 * MILLISECOND; // clocks may begin anywhere, and pass 0

  private boolean isAlone() {
    return pace.isAlone(() -> now);
  }

  /** Loops of two tasks, one by each thread, until a window is full. */
  private void loops(long worked, long waited) {
    for (long time = 0; time < 20 * MILLISECOND; time += worked + waited) {
      assertFalse(isAlone());
      now += worked + waited;
      pace.after(worked, waited, 1, 2, now);
    }
  }

  /** Runs alone, and how long. */
  private long alone() {
    long begun = now;
    while (isAlone()) {
      now += MILLISECOND;
    }
    return (now - begun) / MILLISECOND;
  }

  @Test
  void aTeamThatSharesTheWorkGoesOn() {
    for (int i = 0; i < 10; i++) {
      loops(MILLISECOND, MILLISECOND / 10);
      assertFalse(isAlone());
    }
  }

  /** A task of a millisecond, and the other thread is away for three. */
  @Test
  void oneThatWaitsIsLeftAloneForLongerAndLongerWhile() {
    long[] whiles = {50, 100, 200, 400, 800, 1000, 1000};
    for (long expected : whiles) {
      loops(MILLISECOND, 3 * MILLISECOND);
      assertTrue(isAlone());
      assertTrue(Math.abs(alone() - expected) <= 1, () -> "not " + expected);
    }
    loops(MILLISECOND, 0);
    loops(MILLISECOND, 3 * MILLISECOND);
    assertTrue(Math.abs(alone() - 50) <= 1);
  }

  /** One long wait among much good work is worth bearing. */
  @Test
  void oneMishapIsNone() {
    for (int i = 0; i < 19; i++) {
      pace.after(MILLISECOND, 0, 1, 2, now);
    }
    pace.after(MILLISECOND, 5 * MILLISECOND, 1, 2, now);
    assertFalse(isAlone());
  }

  @Test
  void loopsOfWhichTheOwnerTookNothingTellNothing() {
    for (int i = 0; i < 100; i++) {
      pace.after(0, 10 * MILLISECOND, 0, 2, now);
    }
    assertFalse(isAlone());
  }
}
