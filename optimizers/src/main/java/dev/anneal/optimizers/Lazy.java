package dev.anneal.optimizers;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.Granularity;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.optimizer.StepBuilder;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;

/**
 * Another optimizer that leaves rows without a gradient alone: where all numbers of a row of the
 * gradient are 0, as for the words of an embedding that a batch does not have, neither the weights
 * of the row nor what is kept for them changes. Elsewhere a mean of Adam would fade and move the
 * weights on.
 *
 * <p>What is kept for columns or for the whole parameter, and the number of the step, go on with
 * every step.
 *
 * <p>PyTorch's SparseAdam is {@code lazy(adam(epsilon=1e-8))}: it has the divisor of Keras's form,
 * not that of PyTorch's Adam.
 *
 * <p>Source: SparseAdam of PyTorch; LazyAdam of TensorFlow Addons.
 */
@Plugin(
    name = "lazy",
    summary = "another optimizer, which leaves rows without a gradient alone",
    source = "PyTorch SparseAdam")
public record Lazy(@Param("what takes the steps") Optimizer optimizer) implements Optimizer {
  /** What is less than this is 0. */
  private static final Expression SMALLEST = Expression.of(Float.MIN_VALUE);

  @Override
  public void step(StepBuilder step) {
    Expression largest = step.max(Granularity.ROW, step.gradient().abs());
    Expression w = step.weight();
    StepBuilder.Inner inner = step.inner(optimizer, w, step.gradient(), step.number());
    inner.storeIfLess(Terms.ZERO, largest);
    step.setWeight(largest.ifLess(SMALLEST, w, inner.weight()));
  }
}
