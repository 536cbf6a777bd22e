package dev.anneal.optimizers;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.optimizer.StepBuilder;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.api.schedule.Schedule;

/**
 * LARS: descent with momentum, along gradients that are made as long for each parameter as a part
 * of its weights.
 *
 * <ul>
 *   <li>{@code d = g + weight_decay w}
 *   <li>{@code v = momentum v - learning_rate trust_coefficient |w| / (|d| + epsilon) d}, with the
 *       norms of the parameter; where one of them is 0, {@code v = momentum v - learning_rate d}
 *   <li>{@code w = w + v}, or with {@code nesterov} {@code w = w + (momentum v - ...)}
 * </ul>
 *
 * <p>The ratio of the norms, with its coefficient, is reported as {@code trust_ratio}. The velocity
 * holds the learning rate, as in Optax. The paper has {@code |g| + weight_decay |w|} for the norm
 * of d. Biases and normalization are usually left to another optimizer; {@code exempt} spares them
 * the decay only.
 *
 * <p>Source: You, Gitman and Ginsburg, "Large batch training of convolutional networks", 2017; lars
 * of Optax, which has no default rate: ours is that of timm.
 */
@Plugin(
    name = "lars",
    summary = "v = momentum * v - learning_rate * trust_coefficient * |w| / |g| * g; w = w + v",
    source = "You, Gitman and Ginsburg 2017; Optax lars")
public record Lars(
    @Param(value = "the size of a step", byDefault = "1", range = "[0, inf)", alias = "lr")
        Schedule learningRate,
    @Param(
            value = "the part of the velocity kept",
            byDefault = "0.9",
            range = "[0, 1]",
            unusedAtZero = true)
        Schedule momentum,
    @Param(value = "whether to step from where the velocity leads", byDefault = "false")
        boolean nesterov,
    @Param(value = "the part of the weights' norm", byDefault = "0.001", range = "[0, inf)")
        Schedule trustCoefficient,
    @Param(value = "added to the gradient's norm", byDefault = "0", range = "[0, inf)")
        Schedule epsilon,
    @Param(
            value = "how strongly weights are pulled towards 0",
            byDefault = "0",
            range = "[0, inf)",
            unusedAtZero = true)
        Schedule weightDecay,
    @Param(value = "how weight decay is applied", byDefault = "native")
        WeightDecayForm weightDecayForm)
    implements Optimizer {

  private WeightDecay pull() {
    return WeightDecay.of(weightDecay, weightDecayForm, true);
  }

  private Velocity velocity() {
    return new Velocity(momentum, nesterov, true);
  }

  @Override
  public void step(StepBuilder step) {
    Expression g = pull().gradient(step);
    Expression ratio =
        Terms.trust(
            step,
            step.weight(),
            g,
            step.hyperparameter(trustCoefficient),
            step.hyperparameter(epsilon));
    velocity().descend(step, pull(), g.times(ratio));
  }
}
