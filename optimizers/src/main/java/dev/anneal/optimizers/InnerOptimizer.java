package dev.anneal.optimizers;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.optimizer.StepBuilder;

/** What optimizers around another have in common. */
final class InnerOptimizer {
  private InnerOptimizer() {}

  /** The inner one's step along another gradient; all that it stores is kept. */
  static Expression step(StepBuilder step, Optimizer optimizer, Expression gradient) {
    StepBuilder.Inner inner = step.inner(optimizer, step.weight(), gradient, step.number());
    inner.store();
    return inner.weight();
  }

  /** Whether this is about the last gradient of a step. */
  static boolean isLast(StepBuilder step, Optimizer optimizer) {
    return step.pass() == optimizer.passes() - 1;
  }
}
