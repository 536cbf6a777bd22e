package dev.anneal.optimizers;

import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.optimizer.StepBuilder;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import java.util.Map;

/**
 * Another optimizer whose weight decay spares biases and normalization: for all that is no matrix,
 * but a single row, its {@code weight_decay} is read as 0.
 *
 * <p>The penalty is meant for the weights that multiply; a bias or a scale has no reason to be
 * small. Keras has {@code exclude_from_weight_decay} for it, PyTorch a second group, Optax a mask.
 * Only {@code weight_decay} is spared, not the {@code lambd} of ASGD or the penalties of FTRL. A
 * dense layer of one input has a single row, too.
 *
 * <p>Source: Loshchilov and Hutter, "Decoupled weight decay regularization", 2019, and usage.
 */
@Plugin(
    name = "exempt",
    summary = "another optimizer, without weight decay for biases and normalization",
    source = "Keras exclude_from_weight_decay; Optax mask")
public record Exempt(@Param("what takes the steps") Optimizer optimizer) implements Optimizer {

  @Override
  public void step(StepBuilder step) {
    StepBuilder.Inner inner =
        step.inner(
            optimizer,
            step.weight(),
            step.gradient(),
            step.number(),
            step.rows() == 1 ? Map.of(WeightDecay.NAME, Terms.ZERO) : Map.of());
    inner.store();
    step.setWeight(inner.weight());
  }
}
