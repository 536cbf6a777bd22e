package dev.anneal.optimizers;

import dev.anneal.api.Framework;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.optimizer.StepBuilder;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.api.schedule.Schedule;

/**
 * {@link Adam} with decoupled weight decay: {@code w} also loses {@code learning_rate *
 * weight_decay * w}, as in Keras, PyTorch and Optax. (In the paper the decay is multiplied by the
 * schedule alone, not by the rate that it starts from.)
 *
 * <p>The default decay is that of Keras; PyTorch's is 0.01 and Optax's 0.0001.
 *
 * <p>Source: Loshchilov and Hutter, "Decoupled weight decay regularization", 2019; AdamW of Keras
 * 3.
 */
@Plugin(
    name = "adamw",
    summary = "Adam with decoupled weight decay",
    source = "Loshchilov and Hutter 2019; Keras AdamW")
public record AdamW(
    @Param(value = "the size of a step", byDefault = "0.001", range = "[0, inf)", alias = "lr")
        Schedule learningRate,
    @Param(value = "the part of the mean of gradients kept", byDefault = "0.9", range = "[0, 1)")
        Schedule beta1,
    @Param(
            value = "the part of the mean of squared gradients kept",
            byDefault = "0.999",
            range = "[0, 1)")
        Schedule beta2,
    @Param(value = "what keeps the divisor from 0", byDefault = "1e-7", range = "(0, inf)")
        Schedule epsilon,
    @Param(
            value = "how strongly weights are pulled towards 0",
            byDefault = "0.004",
            range = "[0, inf)",
            unusedAtZero = true)
        Schedule weightDecay,
    @Param(value = "whether to divide by the largest v so far", byDefault = "false")
        boolean amsgrad,
    @Param(
            value = "whose form of the rule",
            byDefault = "keras",
            choices = {"keras", "torch", "optax"})
        Framework dialect)
    implements Optimizer {

  @Override
  public void step(StepBuilder step) {
    adam().step(step);
  }

  private Adam adam() {
    return new AdamBuilder()
        .learningRate(learningRate)
        .beta1(beta1)
        .beta2(beta2)
        .epsilon(epsilon)
        .amsgrad(amsgrad)
        .weightDecay(weightDecay)
        .weightDecayForm(WeightDecayForm.DECOUPLED)
        .dialect(dialect)
        .build();
  }
}
