package dev.anneal.optimizers;

import dev.anneal.core.InputException;
import dev.anneal.core.lane.Lane;
import dev.anneal.core.optimize.Extent;
import dev.anneal.core.optimize.Hyperparameter;
import dev.anneal.core.optimize.Optimizer;
import dev.anneal.core.optimize.Slot;
import dev.anneal.core.optimize.Step;
import dev.anneal.core.schedule.Schedule;
import dev.anneal.core.spec.Param;
import dev.anneal.core.spec.Parameters;
import dev.anneal.core.spec.Plugin;
import java.util.List;

/**
 * DoG, distance over gradients: descent whose step is the greatest distance from the first weights
 * so far, over the root of the sum of all squared gradients. There is no learning rate to find; it
 * is a factor, 1 by default.
 *
 * <ul>
 *   <li>{@code far = max(far, |w - first|)}, which begins as {@code initial (1 + |first|)}
 *   <li>{@code sum = sum + |g|^2}
 *   <li>{@code w = w - learning_rate far / sqrt(sum + epsilon) g}
 * </ul>
 *
 * <p>The norms are over all parameters that the optimizer has; with {@code layerwise} over each
 * alone (L-DoG). {@code initial_as=distance} begins with {@code far = initial}, {@code
 * learning_rate} takes the first step with {@code initial} for the quotient. The quotient is
 * reported as {@code step_size}. Native weight decay is coupled.
 *
 * <p>The authors evaluate with an average of the weights: {@code ema(dog)}. With batch
 * normalization they begin with 1e-4.
 *
 * <p>Source: Ivgi, Hinder and Carmon, "DoG is SGD's best friend: a parameter-free dynamic step size
 * schedule", 2023; dog of Optax.
 *
 * @param learningRate a factor; a constant lies in [0, inf)
 * @param initial the first distance, or what it is computed from, in (0, inf)
 * @param initialAs what that is
 * @param epsilon added to the sum; a constant lies in (0, inf)
 * @param layerwise whether each parameter has norms of its own
 * @param weightDecay how strongly weights are pulled towards 0; a constant lies in [0, inf)
 * @param weightDecayForm the form of weight decay, by default coupled
 */
@Plugin(
    name = "dog",
    summary = "w = w - learning_rate * max|w - first| / sqrt(sum of |g|^2) * g",
    source = "Ivgi, Hinder and Carmon 2023; Optax dog")
public record Dog(
    @Param(value = "a factor", byDefault = "1", range = "[0, inf)", alias = "lr")
        Schedule learningRate,
    @Param(
            value = "the first distance, or what it is computed from",
            byDefault = "1e-6",
            range = "(0, inf)")
        double initial,
    @Param(value = "what the initial number is", byDefault = "relative") Initial initialAs,
    @Param(value = "added to the sum of squares", byDefault = "1e-8", range = "(0, inf)")
        Schedule epsilon,
    @Param(value = "whether each parameter has norms of its own", byDefault = "false")
        boolean layerwise,
    @Param(value = "how strongly weights are pulled towards 0", byDefault = "0", range = "[0, inf)")
        Schedule weightDecay,
    @Param(value = "how weight decay is applied", byDefault = "native")
        WeightDecayForm weightDecayForm)
    implements Optimizer {
  private static final String EPSILON = "epsilon";
  private static final Slot FIRST = new Slot("first");

  /** What DoG begins with. */
  public enum Initial {
    /** A distance in parts of one plus the norm of the first weights. */
    RELATIVE,
    /** The distance. */
    DISTANCE,
    /** The quotient of the first step. */
    LEARNING_RATE
  }

  /**
   * Checks the ranges.
   *
   * @throws InputException if a parameter is out of range
   */
  public Dog {
    Parameters.check(
        Dog.class,
        learningRate,
        initial,
        initialAs,
        epsilon,
        layerwise,
        weightDecay,
        weightDecayForm);
  }

  @Override
  public List<Hyperparameter> hyperparameters() {
    return pull()
        .after(
            new Hyperparameter(LEARNING_RATE, learningRate), new Hyperparameter(EPSILON, epsilon));
  }

  @Override
  public Dog withLearningRate(Schedule schedule) {
    return new Dog(schedule, initial, initialAs, epsilon, layerwise, weightDecay, weightDecayForm);
  }

  private WeightDecay pull() {
    return WeightDecay.of(weightDecay, weightDecayForm, true);
  }

  private Extent over() {
    return layerwise ? Extent.PARAMETER : Extent.GROUP;
  }

  @Override
  public void step(Step step) {
    Lane g = pull().gradient(step);
    Slot farthest = new Slot("far", over(), 0);
    Slot squares = new Slot("squares", over(), 0);
    Lane away = step.weight().minus(Parts.first(step, FIRST));
    Lane far = begun(step, step.slot(farthest)).max(Parts.norm(step, over(), away));
    Lane sum = step.slot(squares).plus(step.sum(over(), g.times(g)));
    step.set(farthest, far);
    step.set(squares, sum);
    Lane quotient = far.over(sum.plus(step.hyper(EPSILON)).sqrt());
    Lane rate =
        initialAs == Initial.LEARNING_RATE ? first(step, Lane.of(initial), quotient) : quotient;
    step.report("step_size", rate);
    pull().move(step, step.hyper(LEARNING_RATE).times(rate).negate(), g);
  }

  private Lane begun(Step step, Lane far) {
    return switch (initialAs) {
      case RELATIVE ->
          first(step, Parts.norm(step, over(), step.weight()).plus(1).times(initial), far);
      case DISTANCE -> first(step, Lane.of(initial), far);
      case LEARNING_RATE -> far;
    };
  }

  private static Lane first(Step step, Lane then, Lane later) {
    return step.number().ifLess(Parts.TWO, then, later);
  }
}
