package dev.anneal.optimizers;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.Granularity;
import dev.anneal.api.optimizer.Slot;
import dev.anneal.api.optimizer.StepBuilder;
import dev.anneal.api.schedule.Schedule;

/**
 * Three sequences in place of a schedule: z takes the steps, x is its mean, and the weights, where
 * gradients are taken, are {@code y = (1 - beta_1) z + beta_1 x}. Beside the weights {@code z - y}
 * is kept, of which the rest follows: {@code x = y - (1 - beta_1) / beta_1 (z - y)}.
 *
 * <p>For a step u of z and a part c of it that goes into the mean:
 *
 * <ul>
 *   <li>{@code y = y + c (z - y) - (1 - beta_1 (1 - c)) u}
 *   <li>{@code z - y = (1 - c) (z - y - beta_1 u)}
 * </ul>
 *
 * @param beta1 the part of the mean in the weights that are trained
 * @param warmupSteps over how many steps the rate rises
 * @param weightPower each step goes into the mean with its number to this power; to the 33rd, that
 *     of the ten thousand millionth would be no double
 * @param ratePower and with the largest rate so far to this power
 */
record ScheduleFree(Schedule beta1, int warmupSteps, double weightPower, double ratePower) {
  private static final Slot AHEAD = new Slot("ahead");
  private static final Slot LARGEST_RATE = new Slot("largest_rate", Granularity.GROUP, 0);
  private static final Slot SUM = new Slot("weight_sum", Granularity.GROUP, 0);

  /** The learning rate, which rises with a number. */
  Expression rate(StepBuilder step, Expression number) {
    Expression rate = step.learningRate();
    return warmupSteps == 0
        ? rate
        : rate.times(number.dividedBy(Expression.of(warmupSteps)).min(Terms.ONE));
  }

  /** The part of the mean that a step with a rate becomes. */
  Expression part(StepBuilder step, Expression rate) {
    Expression largest = step.slot(LARGEST_RATE).max(rate);
    Expression weight = largest.power(Expression.of(ratePower));
    if (weightPower != 0) {
      weight = weight.times(step.number().power(Expression.of(weightPower)));
    }
    Expression sum = step.slot(SUM).plus(weight);
    step.set(LARGEST_RATE, largest);
    step.set(SUM, sum);
    return Terms.ZERO.ifLess(sum, weight.dividedBy(sum), Terms.ZERO);
  }

  /** The weights that take the steps. */
  Expression z(StepBuilder step) {
    return step.weight().plus(step.slot(AHEAD));
  }

  /**
   * Moves.
   *
   * @param step the step
   * @param pull what is taken from the weights first
   * @param part of the mean, that this step becomes
   * @param size by how many directions z moves
   * @param direction which z moves against
   */
  void move(
      StepBuilder step, Expression pull, Expression part, Expression size, Expression direction) {
    Expression kept = step.hyperparameter(beta1);
    Expression rest = Terms.ONE.minus(part);
    Expression before = step.slot(AHEAD).plus(pull);
    Expression down = kept.times(rest).minus(Terms.ONE).times(size);
    step.setWeight(step.weight().plus(part.fma(before, down.times(direction)).minus(pull)));
    Expression ahead = rest.times(kept.times(size).negate().fma(direction, before));
    step.set(AHEAD, ahead);
    step.evaluateWith(
        Terms.ONE.minus(kept).dividedBy(kept).negate().fma(step.slot(AHEAD), step.weight()));
  }
}
