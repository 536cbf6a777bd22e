package dev.anneal.optimizers;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.Granularity;
import dev.anneal.api.optimizer.Slot;
import dev.anneal.api.optimizer.StepBuilder;

/** Counts steps, for what is done every few of them. */
final class Periodic {
  private static final Slot STEPS = new Slot("steps", Granularity.PARAMETER, 0);

  private Periodic() {}

  /** 1 at every so many steps after the first, else 0. */
  static Expression due(StepBuilder step, int every) {
    Expression steps = step.slot(STEPS);
    Expression due = Expression.of(every - 0.5).ifLess(steps, Terms.ONE, Terms.ZERO);
    step.set(STEPS, Terms.ZERO.ifLess(due, Terms.ONE, steps.plus(1)));
    return due;
  }
}
