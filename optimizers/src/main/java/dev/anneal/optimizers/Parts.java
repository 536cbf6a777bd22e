package dev.anneal.optimizers;

import dev.anneal.core.lane.Lane;
import dev.anneal.core.optimize.Extent;
import dev.anneal.core.optimize.Slot;
import dev.anneal.core.optimize.Step;
import dev.anneal.core.schedule.Constant;
import dev.anneal.core.schedule.Schedule;

/** Formulas that several rules share. */
final class Parts {
  static final Lane ZERO = Lane.of(0);
  static final Lane ONE = Lane.of(1);
  static final Lane TWO = Lane.of(2);

  /**
   * A learning rate below which a rule that divides by it does nothing: its inverse must be a
   * float.
   */
  static final Lane SMALLEST_RATE = Lane.of(1e-30);

  /** The distance from 1 to the next double, below which some rules take a divisor for 0. */
  static final Lane DOUBLE_EPSILON = Lane.of(Math.ulp(1.0));

  private Parts() {}

  /** Whether a schedule is 0 for good, so that what it drives can be left out. */
  static boolean isZero(Schedule schedule) {
    return schedule instanceof Constant(double value) && value == 0;
  }

  /** A running mean: {@code mean + (1 - kept) (value - mean)}. */
  static Lane mean(Lane mean, Lane kept, Lane value) {
    return ONE.minus(kept).fma(value.minus(mean), mean);
  }

  /** A running mean of squares: {@code mean + (1 - kept) (value^2 - mean)}. */
  static Lane meanOfSquares(Lane mean, Lane kept, Lane value) {
    return ONE.minus(kept).fma(value.fma(value, mean.negate()), mean);
  }

  /** What a running mean that began at 0 is divided by: {@code 1 - kept^steps}. */
  static Lane correction(Lane kept, Lane steps) {
    return ONE.minus(kept.power(steps));
  }

  /** The correction of Adam's two means: {@code sqrt(1 - kept2^steps) / (1 - kept1^steps)}. */
  static Lane adamCorrection(Lane kept1, Lane kept2, Lane steps) {
    return correction(kept2, steps).sqrt().over(correction(kept1, steps));
  }

  /** The root of a corrected mean of squares, and epsilon: {@code sqrt(v / correction) + e}. */
  static Lane correctedRoot(Lane v, Lane correction, Lane epsilon) {
    return v.sqrt().fma(ONE.over(correction.sqrt()), epsilon);
  }

  /**
   * The corrected mean of gradients, or with Nesterov's step a look ahead as Optax has it: {@code
   * kept m / (1 - kept^(s + 1)) + (1 - kept) g / (1 - kept^s)}.
   */
  static Lane correctedMean(Step step, Lane m, Lane kept, Lane g, boolean nesterov) {
    Lane correction = correction(kept, step.number());
    if (!nesterov) {
      return m.times(ONE.over(correction));
    }
    Lane next = correction(kept, step.number().plus(ONE));
    return kept.over(next).fma(m, ONE.minus(kept).over(correction).times(g));
  }

  /** The root of the sum of squares. */
  static Lane norm(Step step, Extent over, Lane of) {
    return step.sum(over, of.times(of)).sqrt();
  }

  /**
   * The norm of the weights over that of a direction, as {@code coefficient |w| / (|d| + epsilon)};
   * 1 where one of them is 0. It is reported.
   */
  static Lane trust(Step step, Lane w, Lane d, Lane coefficient, Lane epsilon) {
    Lane ofWeights = norm(step, Extent.PARAMETER, w);
    Lane ofDirection = norm(step, Extent.PARAMETER, d);
    Lane ratio = coefficient.times(ofWeights).over(ofDirection.plus(epsilon));
    Lane trust = ZERO.ifLess(ofWeights.min(ofDirection), ratio, ONE);
    step.report("trust_ratio", trust);
    return trust;
  }

  /** The weights before the first step. */
  static Lane first(Step step, Slot slot) {
    Lane first = step.number().ifLess(TWO, step.weight(), step.slot(slot));
    step.set(slot, first);
    return first;
  }

  /** 1, -1, or the number itself where it is 0 or NaN. */
  static Lane sign(Lane x) {
    return ZERO.ifLess(x, ONE, x.ifLess(ZERO, ONE.negate(), x));
  }
}
