package dev.anneal.optimizers;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.optimizer.StepBuilder;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.api.schedule.Schedule;

/**
 * Another optimizer along noisy gradients: to each number a random one is added, from the normal
 * distribution with the variance {@code eta / s^gamma} at step s, counted from 1. It moves weights
 * that have no gradient.
 *
 * <p>The paper tries eta of 0.01, 0.3 and 1; Optax's {@code noisy_sgd} has 0.01.
 *
 * <p>Source: Neelakantan et al., "Adding gradient noise improves learning for very deep networks",
 * 2015; {@code add_noise} of Optax.
 */
@Plugin(
    name = "gradient-noise",
    summary = "another optimizer along g + sqrt(eta / s^gamma) * noise",
    source = "Neelakantan et al. 2015; Optax add_noise")
public record GradientNoise(
    @Param("what takes the noisy gradient") Optimizer optimizer,
    @Param(
            value = "the variance at the first step",
            byDefault = "0.01",
            range = "[0, inf)",
            hyperparameter = "noise_eta")
        Schedule eta,
    @Param(
            value = "how fast it falls",
            byDefault = "0.55",
            range = "[0, inf)",
            hyperparameter = "noise_gamma")
        Schedule gamma)
    implements Optimizer {

  @Override
  public void step(StepBuilder step) {
    Expression fallen = step.number().power(step.hyperparameter(gamma));
    Expression deviation = step.hyperparameter(eta).dividedBy(fallen).sqrt();
    step.setWeight(step.take(optimizer, deviation.fma(step.noise(), step.gradient())));
  }
}
