package dev.anneal.optimizers;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.optimizer.Slot;
import dev.anneal.api.optimizer.StepBuilder;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.api.schedule.Schedule;

/**
 * Sophia, in the form of SophiaG: the mean of gradients over an estimate of the curvature, clipped.
 *
 * <ul>
 *   <li>at the first step, and every {@code k} steps after it, {@code h = h + (1 - beta_2) (g^2 -
 *       h)}
 *   <li>{@code m = m + (1 - beta_1) (g - m)}
 *   <li>{@code w = w - learning_rate (clip(m / (rho batch_size h + 1e-15)) + weight_decay w)},
 *       clipped to [-1, 1]
 * </ul>
 *
 * <p>The curvature is not that of the paper. Its estimate, of Gauss, Newton and Bartlett, is the
 * square of a second gradient, for labels drawn from what the model predicts, times the batch size.
 * Here it is the square of the one gradient that there is, for the labels of the batch: the
 * diagonal of what is called the empirical Fisher matrix. The two are alike where the model
 * predicts well, and differ far from there. The golden figures of the authors' code, fed one
 * gradient for both, are met.
 *
 * <p>Neither mean is corrected for its start at 0. The clip bounds a step by the learning rate, as
 * in Lion; where nothing is clipped the step is that of a Newton method. The batch size is only a
 * factor of rho.
 *
 * <p>Source: Liu et al., "Sophia: a scalable stochastic second-order optimizer for language model
 * pre-training", 2023, and the authors' {@code SophiaG}.
 */
@Plugin(
    name = "sophia",
    summary = "w = w - learning_rate * clip(m / (rho * batch_size * h)), with h a mean of g^2",
    source = "Liu et al. 2023")
public record Sophia(
    @Param(value = "the size of a step", byDefault = "0.0001", range = "[0, inf)", alias = "lr")
        Schedule learningRate,
    @Param(value = "the part of the mean of gradients kept", byDefault = "0.965", range = "[0, 1)")
        Schedule beta1,
    @Param(value = "the part of the curvature kept", byDefault = "0.99", range = "[0, 1)")
        Schedule beta2,
    @Param(value = "how little is clipped", byDefault = "0.04", range = "(0, inf)") Schedule rho,
    @Param(
            value = "how many samples a gradient is the mean of",
            byDefault = "1",
            range = "[1, 1e9]",
            alias = "bs")
        int batchSize,
    @Param(value = "how many steps the curvature is kept", byDefault = "10", range = "[1, 1e9]")
        int k,
    @Param(
            value = "how strongly weights are pulled towards 0",
            byDefault = "0.1",
            range = "[0, inf)",
            unusedAtZero = true)
        Schedule weightDecay,
    @Param(value = "how weight decay is applied", byDefault = "native")
        WeightDecayForm weightDecayForm)
    implements Optimizer {
  private static final double LEAST_CURVATURE = 1e-15;
  private static final Slot M = new Slot("m");
  private static final Slot H = new Slot("h");

  private WeightDecay decay() {
    return WeightDecay.of(weightDecay, weightDecayForm, false);
  }

  @Override
  public void step(StepBuilder step) {
    Expression g = decay().gradient(step);
    Expression m = Terms.mean(step.slot(M), step.hyperparameter(beta1), g);
    Expression due = step.number().ifLess(Terms.TWO, Terms.ONE, Periodic.due(step, k));
    Expression kept = Terms.ZERO.ifLess(due, step.hyperparameter(beta2), Terms.ONE);
    Expression h = Terms.meanOfSquares(step.slot(H), kept, g);
    step.set(M, m);
    step.set(H, h);
    Expression divisor =
        step.hyperparameter(rho).times(batchSize).fma(h, Expression.of(LEAST_CURVATURE));
    Expression ratio = m.dividedBy(divisor).min(Terms.ONE).max(Terms.ONE.negate());
    decay().move(step, step.learningRate().negate(), ratio);
  }
}
