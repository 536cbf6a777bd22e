package dev.anneal.optimizers;

import dev.anneal.api.Framework;
import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.StepBuilder;
import dev.anneal.api.schedule.Schedule;

/**
 * The weight decay of a rule. In either form it reads the weight as it is before the step; where it
 * is constant 0 it costs nothing.
 *
 * <p>The decoupled decay and the step are added up before the weight is rounded: a decay of less
 * than half a unit in the weight's last place would be lost if it were applied alone.
 *
 * @param amount how strong
 * @param coupled whether it goes through the rule
 */
record WeightDecay(Schedule amount, boolean coupled) {
  static final String NAME = "weight_decay";

  /**
   * Decides the form.
   *
   * @param coupledByNature what {@link WeightDecayForm#NATIVE} means
   */
  static WeightDecay of(Schedule amount, WeightDecayForm form, boolean coupledByNature) {
    return new WeightDecay(
        amount,
        switch (form) {
          case NATIVE -> coupledByNature;
          case DECOUPLED -> false;
          case COUPLED -> true;
        });
  }

  /** The form of a dialect: PyTorch couples, Keras and Optax do not. */
  static WeightDecay of(Schedule amount, WeightDecayForm form, Framework dialect) {
    return of(amount, form, dialect == Framework.TORCH);
  }

  private boolean decoupled() {
    return !coupled && !Terms.isZero(amount);
  }

  /** The gradient that the rule sees. */
  Expression gradient(StepBuilder step) {
    return coupled && !Terms.isZero(amount)
        ? step.hyperparameter(NAME).fma(step.weight(), step.gradient())
        : step.gradient();
  }

  /** A direction that the decay is a part of. */
  Expression within(StepBuilder step, Expression direction) {
    return Terms.isZero(amount)
        ? direction
        : step.hyperparameter(NAME).fma(step.weight(), direction);
  }

  /** The part of the weight that a step takes away: {@code learning_rate weight_decay}. */
  Expression shrinkage(StepBuilder step) {
    return Terms.isZero(amount) ? Terms.ZERO : shrink(step).negate();
  }

  /** The weight after the decay, for a rule that reads it. */
  Expression weight(StepBuilder step) {
    return decoupled() ? shrink(step).fma(step.weight(), step.weight()) : step.weight();
  }

  /** What a decoupled decay takes off the weight in a step of some size. */
  Expression pull(StepBuilder step, Expression size) {
    return pull(step, size, step.weight());
  }

  /** What a decoupled decay takes off what is left of a weight. */
  Expression pull(StepBuilder step, Expression size, Expression weight) {
    return decoupled() ? size.times(step.hyperparameter(NAME)).times(weight) : Terms.ZERO;
  }

  /** Adds to the weight. */
  void move(StepBuilder step, Expression by) {
    step.setWeight(step.weight().plus(decoupled() ? shrink(step).fma(step.weight(), by) : by));
  }

  /**
   * Adds {@code factor * direction} to the weight.
   *
   * @return the new weight
   */
  Expression move(StepBuilder step, Expression factor, Expression direction) {
    Expression w = step.weight();
    Expression moved =
        decoupled()
            ? w.plus(factor.fma(direction, shrink(step).times(w)))
            : factor.fma(direction, w);
    step.setWeight(moved);
    return moved;
  }

  private static Expression shrink(StepBuilder step) {
    return step.learningRate().times(step.hyperparameter(NAME)).negate();
  }
}
