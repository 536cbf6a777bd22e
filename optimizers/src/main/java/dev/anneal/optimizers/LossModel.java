package dev.anneal.optimizers;

import dev.anneal.core.lane.Lane;
import dev.anneal.core.optimize.Extent;
import dev.anneal.core.optimize.Optimizer;
import dev.anneal.core.optimize.Slot;
import dev.anneal.core.optimize.Step;

/**
 * The step of MoMo: Polyak's, for a model of the loss that is linear in the weights. The model is
 * the mean of the lines through the losses so far, each with its gradient.
 *
 * @param lowest the least loss that can be
 * @param adaptive whether the least loss is estimated
 */
record LossModel(double lowest, boolean adaptive) {
  private static final Slot LOSS = new Slot("loss", Extent.GROUP, 0);
  private static final Slot PRODUCT = new Slot("product", Extent.GROUP, 0);

  private Slot bound() {
    return new Slot("bound", Extent.GROUP, lowest);
  }

  /**
   * Steps against a direction.
   *
   * @param kept the part of the means kept
   * @param correction what means that began at 0 are divided by; 1 for others
   * @param m the mean of gradients
   * @param direction what it is made into
   */
  void step(Step step, WeightDecay decay, Lane kept, Lane correction, Lane m, Lane direction) {
    Lane w = step.weight();
    Lane loss = Parts.mean(step.slot(LOSS), kept, step.loss());
    Lane product = Parts.mean(step.slot(PRODUCT), kept, dot(step, step.gradient(), w));
    step.set(LOSS, loss);
    step.set(PRODUCT, product);
    Lane along = dot(step, m, w);
    Lane divisor = dot(step, m, direction);
    Lane rate = step.hyper(Optimizer.LEARNING_RATE);
    Lane shrink = decay.shrinkage(step).plus(1);
    Lane height = shrink.fma(loss.minus(product), along);
    Lane factor = shrink.times(correction);
    Lane gap = height.minus(factor.times(lowered(step, height, factor)));
    Lane polyak =
        Parts.DOUBLE_EPSILON.ifLess(divisor, gap.max(Parts.ZERO).over(divisor), Parts.ZERO);
    Lane size = rate.over(correction).min(polyak);
    step.report("step_size", size);
    if (adaptive) {
      Lane reached = loss.plus(along).minus(product).minus(size.times(divisor).times(0.5));
      step.set(bound(), reached.over(correction).max(Lane.of(lowest)));
    }
    step.setWeight(size.negate().fma(direction, w.times(Parts.ONE.over(shrink))));
  }

  /** The least loss, made less where the model falls below it. */
  private Lane lowered(Step step, Lane height, Lane factor) {
    if (!adaptive) {
      return Lane.of(lowest);
    }
    Lane bound = step.slot(bound());
    Lane half = height.over(factor.times(2)).max(Lane.of(lowest));
    return height.ifLess(factor.times(bound), half, bound);
  }

  private static Lane dot(Step step, Lane a, Lane b) {
    return step.sum(Extent.GROUP, a.times(b));
  }
}
