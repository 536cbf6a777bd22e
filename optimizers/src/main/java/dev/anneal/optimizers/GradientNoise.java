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
 * Another optimizer along noisy gradients: to each number a random one is added, from the normal
 * distribution with the variance {@code eta / s^gamma} at step s, counted from 1. It moves weights
 * that have no gradient.
 *
 * <p>The paper tries eta of 0.01, 0.3 and 1; Optax's {@code noisy_sgd} has 0.01.
 *
 * <p>Source: Neelakantan et al., "Adding gradient noise improves learning for very deep networks",
 * 2015; {@code add_noise} of Optax.
 *
 * @param optimizer takes the noisy gradient
 * @param eta the variance at the first step; a constant lies in [0, inf)
 * @param gamma how fast it falls; a constant lies in [0, inf)
 */
@Plugin(
    name = "gradient-noise",
    summary = "another optimizer along g + sqrt(eta / s^gamma) * noise",
    source = "Neelakantan et al. 2015; Optax add_noise")
public record GradientNoise(
    @Param("what takes the noisy gradient") Optimizer optimizer,
    @Param(value = "the variance at the first step", byDefault = "0.01", range = "[0, inf)")
        Schedule eta,
    @Param(value = "how fast it falls", byDefault = "0.55", range = "[0, inf)") Schedule gamma)
    implements Optimizer {
  private static final String ETA = "noise_eta";
  private static final String GAMMA = "noise_gamma";

  /**
   * Checks the ranges.
   *
   * @throws InputException if a parameter is out of range
   */
  public GradientNoise {
    Parameters.check(GradientNoise.class, optimizer, eta, gamma);
  }

  private Wrapped wrapped() {
    return Wrapped.of(optimizer, new Hyperparameter(ETA, eta), new Hyperparameter(GAMMA, gamma));
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
  public GradientNoise withLearningRate(Schedule schedule) {
    return new GradientNoise(optimizer.withLearningRate(schedule), eta, gamma);
  }

  @Override
  public void step(StepBuilder step) {
    Expression fallen = step.number().power(wrapped().hyperparameter(step, GAMMA));
    Expression deviation = wrapped().hyperparameter(step, ETA).dividedBy(fallen).sqrt();
    step.setWeight(wrapped().step(step, deviation.fma(step.noise(), step.gradient())));
  }
}
