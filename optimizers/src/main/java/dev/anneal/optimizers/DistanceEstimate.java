package dev.anneal.optimizers;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.Granularity;
import dev.anneal.api.optimizer.Slot;
import dev.anneal.api.optimizer.StepBuilder;

/**
 * An estimate of how far the weights of a group have to go, which never falls.
 *
 * @param first before the first step
 * @param growthRate by which factor it may grow in a step, other than the first time
 */
record DistanceEstimate(double first, double growthRate) {
  private static final String NAME = "d";

  private Slot d() {
    return new Slot(NAME, Granularity.GROUP, first);
  }

  private Slot largest() {
    return new Slot("d_max", Granularity.GROUP, first);
  }

  /** The estimate that the step begins with. */
  Expression before(StepBuilder step) {
    return step.slot(d());
  }

  /** The next, of which is known that it is at least a quotient; nothing if that is of 0. */
  Expression after(StepBuilder step, Expression numerator, Expression denominator) {
    Expression d = before(step);
    Expression bound = Terms.ZERO.ifLess(denominator, numerator.dividedBy(denominator), Terms.ZERO);
    Expression next = d.max(bound);
    if (growthRate < Double.POSITIVE_INFINITY) {
      Expression largest = step.slot(largest()).max(bound);
      step.set(largest(), largest);
      next = Expression.of(first).ifLess(d, d.times(growthRate).min(largest), next);
    }
    step.set(d(), next);
    step.report(NAME, next);
    return next;
  }
}
