package dev.anneal.optimizers;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.Granularity;
import dev.anneal.api.optimizer.Hyperparameter;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.optimizer.StepBuilder;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Parameters;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.api.schedule.Schedule;
import java.util.List;

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
 *
 * @param optimizer takes the centralized gradient
 */
@Plugin(
    name = "centralize",
    summary = "another optimizer along g - mean(g) of each column of a matrix",
    source = "Yong, Huang, Hua and Zhang 2020")
public record Centralize(@Param("what takes the centralized gradient") Optimizer optimizer)
    implements Optimizer {
  /** Checks that there is one. */
  public Centralize {
    Parameters.check(Centralize.class, optimizer);
  }

  private Wrapped wrapped() {
    return Wrapped.of(optimizer);
  }

  @Override
  public List<Hyperparameter> hyperparameters() {
    return wrapped().hyperparameters();
  }

  @Override
  public int passes() {
    return optimizer.passes();
  }

  @Override
  public Centralize withLearningRate(Schedule schedule) {
    return new Centralize(optimizer.withLearningRate(schedule));
  }

  @Override
  public void step(StepBuilder step) {
    Expression g = step.gradient();
    step.setWeight(
        wrapped().step(step, step.rows() == 1 ? g : g.minus(step.mean(Granularity.COLUMN, g))));
  }
}
