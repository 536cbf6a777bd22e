package dev.anneal.optimizers;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.Granularity;
import dev.anneal.api.optimizer.Slot;
import dev.anneal.api.optimizer.StepBuilder;
import dev.anneal.api.schedule.Constant;
import dev.anneal.api.schedule.Schedule;

/** Formulas that several rules share. */
final class Terms {
  static final Expression ZERO = Expression.of(0);
  static final Expression ONE = Expression.of(1);
  static final Expression TWO = Expression.of(2);

  /**
   * A learning rate below which a rule that divides by it does nothing: its inverse must be a
   * float.
   */
  static final Expression SMALLEST_RATE = Expression.of(1e-30);

  /** The distance from 1 to the next double, below which some rules take a divisor for 0. */
  static final Expression DOUBLE_EPSILON = Expression.of(Math.ulp(1.0));

  private Terms() {}

  /** Whether a schedule is 0 for good, so that what it drives can be left out. */
  static boolean isZero(Schedule schedule) {
    return schedule instanceof Constant(double value) && value == 0;
  }

  /** A running mean: {@code mean + (1 - kept) (value - mean)}. */
  static Expression mean(Expression mean, Expression kept, Expression value) {
    return ONE.minus(kept).fma(value.minus(mean), mean);
  }

  /** A running mean of squares: {@code mean + (1 - kept) (value^2 - mean)}. */
  static Expression meanOfSquares(Expression mean, Expression kept, Expression value) {
    return ONE.minus(kept).fma(value.fma(value, mean.negate()), mean);
  }

  /** What a running mean that began at 0 is divided by: {@code 1 - kept^steps}. */
  static Expression correction(Expression kept, Expression steps) {
    return ONE.minus(kept.power(steps));
  }

  /** The correction of Adam's two means: {@code sqrt(1 - kept2^steps) / (1 - kept1^steps)}. */
  static Expression adamCorrection(Expression kept1, Expression kept2, Expression steps) {
    return correction(kept2, steps).sqrt().dividedBy(correction(kept1, steps));
  }

  /** The root of a corrected mean of squares, and epsilon: {@code sqrt(v / correction) + e}. */
  static Expression correctedRoot(Expression v, Expression correction, Expression epsilon) {
    return v.sqrt().fma(ONE.dividedBy(correction.sqrt()), epsilon);
  }

  /**
   * The corrected mean of gradients, or with Nesterov's step a look ahead as Optax has it: {@code
   * kept m / (1 - kept^(s + 1)) + (1 - kept) g / (1 - kept^s)}.
   */
  static Expression correctedMean(
      StepBuilder step, Expression m, Expression kept, Expression g, boolean nesterov) {
    Expression correction = correction(kept, step.number());
    if (!nesterov) {
      return m.times(ONE.dividedBy(correction));
    }
    Expression next = correction(kept, step.number().plus(ONE));
    return kept.dividedBy(next).fma(m, ONE.minus(kept).dividedBy(correction).times(g));
  }

  /** The root of the sum of squares. */
  static Expression norm(StepBuilder step, Granularity over, Expression of) {
    return step.sum(over, of.times(of)).sqrt();
  }

  /**
   * The norm of the weights over that of a direction, as {@code coefficient |w| / (|d| + epsilon)};
   * 1 where one of them is 0. It is reported.
   */
  static Expression trust(
      StepBuilder step, Expression w, Expression d, Expression coefficient, Expression epsilon) {
    Expression ofWeights = norm(step, Granularity.PARAMETER, w);
    Expression ofDirection = norm(step, Granularity.PARAMETER, d);
    Expression ratio = coefficient.times(ofWeights).dividedBy(ofDirection.plus(epsilon));
    Expression trust = ZERO.ifLess(ofWeights.min(ofDirection), ratio, ONE);
    step.report("trust_ratio", trust);
    return trust;
  }

  /** The weights before the first step. */
  static Expression first(StepBuilder step, Slot slot) {
    Expression first = step.number().ifLess(TWO, step.weight(), step.slot(slot));
    step.set(slot, first);
    return first;
  }

  /** 1, -1, or the number itself where it is 0 or NaN. */
  static Expression sign(Expression x) {
    return ZERO.ifLess(x, ONE, x.ifLess(ZERO, ONE.negate(), x));
  }
}
