package dev.anneal.optimizers;

import dev.anneal.api.InputException;
import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.Hyperparameter;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.optimizer.StepBuilder;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Parameters;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.api.schedule.Schedule;
import java.util.List;

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
 *
 * @param learningRate the size of a step; a constant lies in [0, inf)
 * @param momentum the part of the velocity kept; a constant lies in [0, 1]
 * @param nesterov whether to step from where the velocity leads
 * @param trustCoefficient the part of the weights' norm; a constant lies in [0, inf)
 * @param epsilon added to the gradient's norm; a constant lies in [0, inf)
 * @param weightDecay how strongly weights are pulled towards 0; a constant lies in [0, inf)
 * @param weightDecayForm the form of weight decay, by default coupled
 */
@Plugin(
    name = "lars",
    summary = "v = momentum * v - learning_rate * trust_coefficient * |w| / |g| * g; w = w + v",
    source = "You, Gitman and Ginsburg 2017; Optax lars")
public record Lars(
    @Param(value = "the size of a step", byDefault = "1", range = "[0, inf)", alias = "lr")
        Schedule learningRate,
    @Param(value = "the part of the velocity kept", byDefault = "0.9", range = "[0, 1]")
        Schedule momentum,
    @Param(value = "whether to step from where the velocity leads", byDefault = "false")
        boolean nesterov,
    @Param(value = "the part of the weights' norm", byDefault = "0.001", range = "[0, inf)")
        Schedule trustCoefficient,
    @Param(value = "added to the gradient's norm", byDefault = "0", range = "[0, inf)")
        Schedule epsilon,
    @Param(value = "how strongly weights are pulled towards 0", byDefault = "0", range = "[0, inf)")
        Schedule weightDecay,
    @Param(value = "how weight decay is applied", byDefault = "native")
        WeightDecayForm weightDecayForm)
    implements Optimizer {
  private static final String TRUST_COEFFICIENT = "trust_coefficient";
  private static final String EPSILON = "epsilon";

  /**
   * Checks the ranges.
   *
   * @throws InputException if a parameter is out of range
   */
  public Lars {
    Parameters.check(
        Lars.class,
        learningRate,
        momentum,
        nesterov,
        trustCoefficient,
        epsilon,
        weightDecay,
        weightDecayForm);
  }

  @Override
  public List<Hyperparameter> hyperparameters() {
    return pull()
        .after(
            velocity()
                .after(
                    new Hyperparameter(LEARNING_RATE, learningRate),
                    new Hyperparameter(TRUST_COEFFICIENT, trustCoefficient),
                    new Hyperparameter(EPSILON, epsilon)));
  }

  @Override
  public Lars withLearningRate(Schedule schedule) {
    return new Lars(
        schedule, momentum, nesterov, trustCoefficient, epsilon, weightDecay, weightDecayForm);
  }

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
        RuleExpressions.trust(step, step.weight(), g, step.hyperparameter(TRUST_COEFFICIENT), step.hyperparameter(EPSILON));
    velocity().descend(step, pull(), g.times(ratio));
  }
}
