package dev.anneal.optimizers;

import dev.anneal.core.lane.Lane;
import dev.anneal.core.optimize.Hyperparameter;
import dev.anneal.core.optimize.Optimizer;
import dev.anneal.core.optimize.Step;
import dev.anneal.core.schedule.Schedule;
import java.util.List;
import java.util.stream.Stream;

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
  static WeightDecay of(Schedule amount, WeightDecayForm form, Dialect dialect) {
    return of(amount, form, dialect == Dialect.TORCH);
  }

  private boolean decoupled() {
    return !coupled && !Parts.isZero(amount);
  }

  /** The hyper-parameters of a rule, this one's last if it has any effect. */
  List<Hyperparameter> after(Hyperparameter... others) {
    return Parts.isZero(amount)
        ? List.of(others)
        : Stream.concat(Stream.of(others), Stream.of(new Hyperparameter(NAME, amount))).toList();
  }

  /** The gradient that the rule sees. */
  Lane gradient(Step step) {
    return coupled && !Parts.isZero(amount)
        ? step.hyper(NAME).fma(step.weight(), step.gradient())
        : step.gradient();
  }

  /** A direction that the decay is a part of. */
  Lane within(Step step, Lane direction) {
    return Parts.isZero(amount) ? direction : step.hyper(NAME).fma(step.weight(), direction);
  }

  /** The part of the weight that a step takes away: {@code learning_rate weight_decay}. */
  Lane shrinkage(Step step) {
    return Parts.isZero(amount) ? Parts.ZERO : shrink(step).negate();
  }

  /** The weight after the decay, for a rule that reads it. */
  Lane weight(Step step) {
    return decoupled() ? shrink(step).fma(step.weight(), step.weight()) : step.weight();
  }

  /** What a decoupled decay takes off the weight in a step of some size. */
  Lane pull(Step step, Lane size) {
    return pull(step, size, step.weight());
  }

  /** What a decoupled decay takes off what is left of a weight. */
  Lane pull(Step step, Lane size, Lane weight) {
    return decoupled() ? size.times(step.hyper(NAME)).times(weight) : Parts.ZERO;
  }

  /** Adds to the weight. */
  void move(Step step, Lane by) {
    step.setWeight(step.weight().plus(decoupled() ? shrink(step).fma(step.weight(), by) : by));
  }

  /**
   * Adds {@code factor * direction} to the weight.
   *
   * @return the new weight
   */
  Lane move(Step step, Lane factor, Lane direction) {
    Lane w = step.weight();
    Lane moved =
        decoupled()
            ? w.plus(factor.fma(direction, shrink(step).times(w)))
            : factor.fma(direction, w);
    step.setWeight(moved);
    return moved;
  }

  private static Lane shrink(Step step) {
    return step.hyper(Optimizer.LEARNING_RATE).times(step.hyper(NAME)).negate();
  }
}
