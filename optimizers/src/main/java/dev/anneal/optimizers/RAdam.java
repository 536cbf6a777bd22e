package dev.anneal.optimizers;

import dev.anneal.api.Framework;
import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.optimizer.Slot;
import dev.anneal.api.optimizer.StepBuilder;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.api.schedule.Schedule;

/**
 * Rectified Adam: it divides by the root of the mean of squares only once that mean has seen enough
 * gradients, and then by a part that grows.
 *
 * <p>With m, v and c1, c2 as in {@link Adam}, at step s counted from 1:
 *
 * <ul>
 *   <li>{@code L = 2 / (1 - beta_2) - 1} and {@code l = L - 2 s beta_2^s / c2}
 *   <li>l at most at the threshold: {@code w = w - learning_rate m / c1}, a step of momentum
 *   <li>then {@code w = w - learning_rate k m / c1 / divisor}, where {@code k^2 = (l - 4) (l - 2) L
 *       / ((L - 4) (L - 2) l)}; the divisor is {@code (sqrt(v) + epsilon) / sqrt(c2)} in PyTorch
 *       and {@code sqrt(v / c2) + epsilon} in Optax
 * </ul>
 *
 * <p>At exactly the threshold Optax divides and PyTorch does not. With the default beta_2 the first
 * five steps do not divide: they are as large as the gradients make them. Keras has no such rule.
 *
 * <p>Source: Liu et al., "On the variance of the adaptive learning rate and beyond", 2020; RAdam of
 * PyTorch, {@code radam} of Optax.
 */
@Plugin(
    name = "radam",
    summary = "Adam that divides once the mean of squares can be trusted",
    source = "Liu et al. 2020; PyTorch RAdam")
public record RAdam(
    @Param(value = "the size of a step", byDefault = "0.001", range = "[0, inf)", alias = "lr")
        Schedule learningRate,
    @Param(value = "the part of the mean of gradients kept", byDefault = "0.9", range = "[0, 1)")
        Schedule beta1,
    @Param(
            value = "the part of the mean of squared gradients kept",
            byDefault = "0.999",
            range = "[0, 1)")
        Schedule beta2,
    @Param(value = "what keeps the divisor from 0", byDefault = "1e-8", range = "(0, inf)")
        Schedule epsilon,
    @Param(
            value = "the length of memory from which the divisor is trusted",
            byDefault = "5",
            range = "[4, inf)")
        double threshold,
    @Param(value = "whether to look ahead, as Optax does", byDefault = "false") boolean nesterov,
    @Param(
            value = "how strongly weights are pulled towards 0",
            byDefault = "0",
            range = "[0, inf)",
            unusedAtZero = true)
        Schedule weightDecay,
    @Param(value = "how weight decay is applied", byDefault = "native")
        WeightDecayForm weightDecayForm,
    @Param(
            value = "whose form of the rule",
            byDefault = "torch",
            choices = {"torch", "optax"})
        Framework dialect)
    implements Optimizer {
  private static final Slot M = new Slot("m");
  private static final Slot V = new Slot("v");

  private WeightDecay decay() {
    return WeightDecay.of(weightDecay, weightDecayForm, dialect);
  }

  /** A value where the mean of squares has a memory long enough, 1 elsewhere. */
  private Expression ifTrusted(Expression length, Expression value) {
    Expression bound = Expression.of(threshold);
    return dialect == Framework.TORCH
        ? bound.ifLess(length, value, Terms.ONE)
        : length.ifLess(bound, Terms.ONE, value);
  }

  @Override
  public void step(StepBuilder step) {
    Expression g = decay().gradient(step);
    Expression s = step.number();
    Expression b2 = step.hyperparameter(beta2);
    Expression e = step.hyperparameter(epsilon);
    Expression m = Terms.mean(step.slot(M), step.hyperparameter(beta1), g);
    Expression v = Terms.meanOfSquares(step.slot(V), b2, g);
    step.set(M, m);
    step.set(V, v);

    Expression two = Terms.TWO;
    Expression four = Expression.of(4);
    Expression correction = Terms.correction(b2, s);
    Expression longest = two.dividedBy(Terms.ONE.minus(b2)).minus(Terms.ONE);
    Expression length = longest.minus(s.times(two).times(b2.power(s)).dividedBy(correction));
    Expression square =
        length
            .minus(four)
            .times(length.minus(two))
            .times(longest)
            .dividedBy(longest.minus(four).times(longest.minus(two)).times(length));
    boolean torch = dialect == Framework.TORCH;
    Expression part = torch ? square.times(correction).sqrt() : square.sqrt();
    Expression divisor = torch ? v.sqrt().plus(e) : Terms.correctedRoot(v, correction, e);
    Expression size = step.learningRate().times(ifTrusted(length, part));
    Expression mean = Terms.correctedMean(step, m, step.hyperparameter(beta1), g, nesterov);
    decay().move(step, size.negate(), mean.dividedBy(ifTrusted(length, divisor)));
  }
}
