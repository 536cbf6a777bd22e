package dev.anneal.optimizers;

import dev.anneal.api.InputException;
import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.optimizer.Slot;
import dev.anneal.api.optimizer.StepBuilder;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.api.schedule.Schedule;

/**
 * Sharpness-aware minimization: another optimizer steps along the gradient of the worst place
 * nearby, so that it ends where the loss is low all around. A step takes two gradients, and twice
 * the time.
 *
 * <ul>
 *   <li>{@code e = rho g / (|g| + 1e-12)}, with the norm over all parameters that climb, of all
 *       groups
 *   <li>with {@code adaptive}, {@code e = rho w^2 g / (|w g| + 1e-12)}: a neighbourhood that scales
 *       with the weights, and wants a rho about ten times larger
 *   <li>the other optimizer steps from w along the gradient at {@code w + e}
 * </ul>
 *
 * <p>Both gradients are of the same batch. Weight decay is the other optimizer's, and reads w.
 *
 * <p>Source: Foret et al., "Sharpness-aware minimization for efficiently improving generalization",
 * 2021; Kwon et al., "ASAM: adaptive sharpness-aware minimization", 2021, as in the {@code SAM} of
 * D. Samuel for PyTorch, which like this takes w for the paper's {@code |w| + 0.01}.
 */
@Plugin(
    name = "sam",
    summary = "another optimizer, along the gradient at w + rho * g / |g|",
    source = "Foret et al. 2021; Kwon et al. 2021")
public record Sam(
    @Param("what takes the step") Optimizer optimizer,
    @Param(
            value = "how far away the worst place is",
            byDefault = "0.05",
            range = "[0, inf)",
            hyperparameter = "sam_rho")
        Schedule rho,
    @Param(value = "whether the neighbourhood scales with the weights", byDefault = "false")
        boolean adaptive)
    implements Optimizer {
  private static final Slot START = new Slot("start");

  /**
   * Checks the other optimizer.
   *
   * @throws InputException if the other optimizer takes several gradients
   */
  public Sam {
    if (optimizer.passes() > 1) {
      throw new InputException(
          "sam: the optimizer within it takes several gradients a step itself");
    }
  }

  @Override
  public int passes() {
    return 2;
  }

  @Override
  public void step(StepBuilder step) {
    if (step.pass() == 0) {
      climb(step);
    } else {
      descend(step);
    }
  }

  private void climb(StepBuilder step) {
    Expression w = step.weight();
    Expression scaled = adaptive ? w.times(step.gradient()) : step.gradient();
    Expression norm = step.sumOverGroups(scaled.times(scaled)).sqrt();
    Expression size = step.hyperparameter(rho).dividedBy(norm.plus(1e-12));
    step.set(START, w);
    step.setWeight(size.fma(adaptive ? w.times(scaled) : scaled, w));
  }

  private void descend(StepBuilder step) {
    StepBuilder.Inner inner =
        step.inner(optimizer, step.slot(START), step.gradient(), step.number());
    inner.store();
    step.setWeight(inner.weight());
    // Where the other optimizer has weights to evaluate with, this is what they are computed from.
    step.set(START, inner.weight());
  }
}
