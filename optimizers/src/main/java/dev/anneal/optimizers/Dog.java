package dev.anneal.optimizers;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.Granularity;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.optimizer.Slot;
import dev.anneal.api.optimizer.StepBuilder;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.api.schedule.Schedule;

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
    @Param(
            value = "how strongly weights are pulled towards 0",
            byDefault = "0",
            range = "[0, inf)",
            unusedAtZero = true)
        Schedule weightDecay,
    @Param(value = "how weight decay is applied", byDefault = "native")
        WeightDecayForm weightDecayForm)
    implements Optimizer {
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

  private WeightDecay pull() {
    return WeightDecay.of(weightDecay, weightDecayForm, true);
  }

  private Granularity over() {
    return layerwise ? Granularity.PARAMETER : Granularity.GROUP;
  }

  @Override
  public void step(StepBuilder step) {
    Expression g = pull().gradient(step);
    Slot farthest = new Slot("far", over(), 0);
    Slot squares = new Slot("squares", over(), 0);
    Expression away = step.weight().minus(Terms.first(step, FIRST));
    Expression far = begun(step, step.slot(farthest)).max(Terms.norm(step, over(), away));
    Expression sum = step.slot(squares).plus(step.sum(over(), g.times(g)));
    step.set(farthest, far);
    step.set(squares, sum);
    Expression quotient = far.dividedBy(sum.plus(step.hyperparameter(epsilon)).sqrt());
    Expression rate =
        initialAs == Initial.LEARNING_RATE
            ? first(step, Expression.of(initial), quotient)
            : quotient;
    step.report("step_size", rate);
    pull().move(step, step.learningRate().times(rate).negate(), g);
  }

  private Expression begun(StepBuilder step, Expression far) {
    return switch (initialAs) {
      case RELATIVE ->
          first(step, Terms.norm(step, over(), step.weight()).plus(1).times(initial), far);
      case DISTANCE -> first(step, Expression.of(initial), far);
      case LEARNING_RATE -> far;
    };
  }

  private static Expression first(StepBuilder step, Expression then, Expression later) {
    return step.number().ifLess(Terms.TWO, then, later);
  }
}
