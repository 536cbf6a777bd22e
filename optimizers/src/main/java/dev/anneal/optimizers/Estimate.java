package dev.anneal.optimizers;

import dev.anneal.core.lane.Lane;
import dev.anneal.core.optimize.Extent;
import dev.anneal.core.optimize.Slot;
import dev.anneal.core.optimize.Step;

/**
 * An estimate of how far the weights of a group have to go, which never falls.
 *
 * @param first before the first step
 * @param growthRate by which factor it may grow in a step, other than the first time
 */
record Estimate(double first, double growthRate) {
  private static final String NAME = "d";

  private Slot d() {
    return new Slot(NAME, Extent.GROUP, first);
  }

  private Slot largest() {
    return new Slot("d_max", Extent.GROUP, first);
  }

  /** The estimate that the step begins with. */
  Lane before(Step step) {
    return step.slot(d());
  }

  /** The next, of which is known that it is at least a quotient; nothing if that is of 0. */
  Lane after(Step step, Lane numerator, Lane denominator) {
    Lane d = before(step);
    Lane bound = Parts.ZERO.ifLess(denominator, numerator.over(denominator), Parts.ZERO);
    Lane next = d.max(bound);
    if (growthRate < Double.POSITIVE_INFINITY) {
      Lane largest = step.slot(largest()).max(bound);
      step.set(largest(), largest);
      next = Lane.of(first).ifLess(d, d.times(growthRate).min(largest), next);
    }
    step.set(d(), next);
    step.report(NAME, next);
    return next;
  }
}
