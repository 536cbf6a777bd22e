package dev.anneal.optimizers;

import dev.anneal.core.lane.Lane;
import dev.anneal.core.optimize.Extent;
import dev.anneal.core.optimize.Slot;
import dev.anneal.core.optimize.Step;

/** Counts steps, for what is done every few of them. */
final class Rounds {
  private static final Slot STEPS = new Slot("steps", Extent.PARAMETER, 0);

  private Rounds() {}

  /** 1 at every so many steps after the first, else 0. */
  static Lane due(Step step, int every) {
    Lane steps = step.slot(STEPS);
    Lane due = Lane.of(every - 0.5).ifLess(steps, Parts.ONE, Parts.ZERO);
    step.set(STEPS, Parts.ZERO.ifLess(due, Parts.ONE, steps.plus(1)));
    return due;
  }
}
