package com.example.plugin;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.optimizer.Slot;
import dev.anneal.api.optimizer.StepBuilder;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.api.schedule.Schedule;

/**
 * A step is longer where the gradient has the sign of its running mean, and shorter elsewhere:
 * {@code m = m + (1 - beta)(g - m)}, then {@code w = w - r g e^(sign(g) sign(m))}.
 */
@Plugin(
    name = "power-sign",
    summary = "w = w - learning_rate * g * e^(sign(g) sign(m)), with the mean m of g",
    source = "Bello et al. 2017, Neural optimizer search with reinforcement learning")
public record PowerSign(
    @Param(value = "the size of a step", byDefault = "0.01", range = "[0, inf)", alias = "lr")
        Schedule learningRate,
    @Param(value = "the part of the mean of gradients kept", byDefault = "0.9", range = "[0, 1)")
        Schedule beta)
    implements Optimizer {
  private static final Slot MEAN = new Slot("m");

  @Override
  public void step(StepBuilder step) {
    Expression zero = Expression.of(0);
    Expression g = step.gradient();
    Expression m = step.slot(MEAN);
    m = Expression.of(1).minus(step.hyperparameter(beta)).fma(g.minus(m), m);
    Expression agreement = sign(g).times(sign(m));
    // e^1, e^0 and e^-1 are the only factors, so none needs to be computed.
    Expression factor =
        zero.ifLess(
            agreement,
            Expression.of(Math.E),
            agreement.ifLess(zero, Expression.of(1 / Math.E), Expression.of(1)));
    step.set(MEAN, m);
    step.setWeight(step.learningRate().negate().fma(g.times(factor), step.weight()));
  }

  private static Expression sign(Expression x) {
    Expression zero = Expression.of(0);
    return zero.ifLess(x, Expression.of(1), x.ifLess(zero, Expression.of(-1), zero));
  }
}
