package dev.anneal.optimizers;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.Slot;
import dev.anneal.api.optimizer.StepBuilder;
import dev.anneal.api.schedule.Schedule;

/**
 * Momentum, in one of two forms: the velocity holds the learning rate, {@code v = momentum v - r d}
 * and {@code w = w + v}; or it does not, {@code v = momentum v + d} and {@code w = w - r v}. They
 * agree while the rate is constant. Where the momentum is constant 0 there is no velocity.
 *
 * @param momentum the part of the velocity kept from step to step
 * @param nesterov whether to step from where the velocity leads
 * @param holdsRate which form
 */
record Velocity(Schedule momentum, boolean nesterov, boolean holdsRate) {
  private static final Slot VELOCITY = new Slot("velocity");

  boolean none() {
    return Terms.isZero(momentum);
  }

  /** Steps against a direction. */
  void descend(StepBuilder step, WeightDecay decay, Expression direction) {
    descend(step, decay, direction, direction);
  }

  /**
   * Steps against a direction.
   *
   * @param gathered what the velocity takes up of it, without Nesterov's step
   */
  void descend(StepBuilder step, WeightDecay decay, Expression direction, Expression gathered) {
    Expression down = step.learningRate().negate();
    if (none()) {
      decay.move(step, down, direction);
      return;
    }
    Expression kept = step.hyperparameter(momentum);
    Expression v = step.slot(VELOCITY);
    if (holdsRate) {
      v = down.fma(gathered, kept.times(v));
      decay.move(step, nesterov ? down.fma(direction, kept.times(v)) : v);
    } else {
      v = kept.fma(v, gathered);
      decay.move(step, down, nesterov ? kept.fma(v, direction) : v);
    }
    step.set(VELOCITY, v);
  }
}
