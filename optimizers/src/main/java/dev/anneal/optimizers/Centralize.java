package dev.anneal.optimizers;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.Granularity;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.optimizer.StepBuilder;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;

/**
 * Another optimizer along centralized gradients: from the gradient of a matrix the mean of each
 * column is taken, over all inputs of an output. Biases and all else of a single row are left
 * alone.
 *
 * <p>Optax's {@code centralize} takes the mean over all axes but the first, as the paper's code
 * does for weights [outputs x inputs]; on weights [inputs x outputs] that is the mean over the
 * outputs of an input, which the paper does not have.
 *
 * <p>Source: Yong, Huang, Hua and Zhang, "Gradient centralization: a new optimization technique for
 * deep neural networks", 2020.
 */
@Plugin(
    name = "centralize",
    summary = "another optimizer along g - mean(g) of each column of a matrix",
    source = "Yong, Huang, Hua and Zhang 2020")
public record Centralize(@Param("what takes the centralized gradient") Optimizer optimizer)
    implements Optimizer {

  @Override
  public void step(StepBuilder step) {
    Expression g = step.gradient();
    step.setWeight(
        step.take(optimizer, step.rows() == 1 ? g : g.minus(step.mean(Granularity.COLUMN, g))));
  }
}
