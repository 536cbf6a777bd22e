package dev.anneal.optimizers;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.Granularity;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.optimizer.Slot;
import dev.anneal.api.optimizer.StepBuilder;

/**
 * The step of MoMo: Polyak's, for a model of the loss that is linear in the weights. The model is
 * the mean of the lines through the losses so far, each with its gradient.
 *
 * @param lowest the least loss that can be
 * @param adaptive whether the least loss is estimated
 */
record LossModel(double lowest, boolean adaptive) {
  private static final Slot LOSS = new Slot("loss", Granularity.GROUP, 0);
  private static final Slot PRODUCT = new Slot("product", Granularity.GROUP, 0);

  private Slot bound() {
    return new Slot("bound", Granularity.GROUP, lowest);
  }

  /**
   * Steps against a direction.
   *
   * @param kept the part of the means kept
   * @param correction what means that began at 0 are divided by; 1 for others
   * @param m the mean of gradients
   * @param direction what it is made into
   */
  void step(
      StepBuilder step,
      WeightDecay decay,
      Expression kept,
      Expression correction,
      Expression m,
      Expression direction) {
    Expression w = step.weight();
    Expression loss = Terms.mean(step.slot(LOSS), kept, step.loss());
    Expression product = Terms.mean(step.slot(PRODUCT), kept, dot(step, step.gradient(), w));
    step.set(LOSS, loss);
    step.set(PRODUCT, product);
    Expression along = dot(step, m, w);
    Expression divisor = dot(step, m, direction);
    Expression rate = step.hyperparameter(Optimizer.LEARNING_RATE);
    Expression shrink = decay.shrinkage(step).plus(1);
    Expression height = shrink.fma(loss.minus(product), along);
    Expression factor = shrink.times(correction);
    Expression gap = height.minus(factor.times(lowered(step, height, factor)));
    Expression polyak =
        Terms.DOUBLE_EPSILON.ifLess(divisor, gap.max(Terms.ZERO).dividedBy(divisor), Terms.ZERO);
    Expression size = rate.dividedBy(correction).min(polyak);
    step.report("step_size", size);
    if (adaptive) {
      Expression reached = loss.plus(along).minus(product).minus(size.times(divisor).times(0.5));
      step.set(bound(), reached.dividedBy(correction).max(Expression.of(lowest)));
    }
    step.setWeight(size.negate().fma(direction, w.times(Terms.ONE.dividedBy(shrink))));
  }

  /** The least loss, made less where the model falls below it. */
  private Expression lowered(StepBuilder step, Expression height, Expression factor) {
    if (!adaptive) {
      return Expression.of(lowest);
    }
    Expression bound = step.slot(bound());
    Expression half = height.dividedBy(factor.times(2)).max(Expression.of(lowest));
    return height.ifLess(factor.times(bound), half, bound);
  }

  private static Expression dot(StepBuilder step, Expression a, Expression b) {
    return step.sum(Granularity.GROUP, a.times(b));
  }
}
