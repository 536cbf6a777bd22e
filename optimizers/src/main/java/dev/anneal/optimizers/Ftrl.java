package dev.anneal.optimizers;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.optimizer.Slot;
import dev.anneal.api.optimizer.StepBuilder;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.api.schedule.Schedule;

/**
 * Follow the regularized leader: a weight is computed anew at each step from all gradients so far,
 * and an L1 penalty makes it exactly 0.
 *
 * <p>With the learning rate r and {@code R(n) = n^(-learning_rate_power)}, the root by default:
 *
 * <ul>
 *   <li>{@code n' = n + g^2}
 *   <li>{@code z = z + g + 2 l2_shrinkage w - (R(n') - R(n)) / r * w}
 *   <li>{@code w = (clip(z, -l1, l1) - z) / (R(n') / r + 2 l2 + beta / r)}
 * </ul>
 *
 * <p>Since z starts at 0, the first step forgets the weight that training started with, even where
 * the gradient is 0: a model of several layers is better trained by another rule. While the
 * learning rate is 0, or less than 1e-30, nothing is computed.
 *
 * <p>Source: McMahan et al., "Ad click prediction: a view from the trenches", 2013; Ftrl of Keras
 * 3.
 */
@Plugin(
    name = "ftrl",
    summary = "follow the regularized leader, with L1 that makes weights exactly 0",
    source = "McMahan et al. 2013; Keras Ftrl")
public record Ftrl(
    @Param(value = "the size of a step", byDefault = "0.001", range = "[0, inf)", alias = "lr")
        Schedule learningRate,
    @Param(value = "the power of the sum of squares", byDefault = "-0.5", range = "[-1, 0]")
        double learningRatePower,
    @Param(
            value = "where the sum of squares starts",
            byDefault = "0.1",
            range = "[0, inf)",
            alias = "initial_accumulator_value")
        double initialAccumulator,
    @Param(
            value = "the strength of the L1 penalty",
            byDefault = "0",
            range = "[0, inf)",
            alias = "l1_regularization_strength")
        Schedule l1,
    @Param(
            value = "the strength of the L2 penalty",
            byDefault = "0",
            range = "[0, inf)",
            alias = "l2_regularization_strength")
        Schedule l2,
    @Param(
            value = "the strength of an L2 penalty on the gradient alone",
            byDefault = "0",
            range = "[0, inf)",
            alias = "l2_shrinkage_regularization_strength")
        Schedule l2Shrinkage,
    @Param(
            value = "what is added to the root of the sum of squares",
            byDefault = "0",
            range = "[0, inf)")
        Schedule beta,
    @Param(
            value = "how strongly weights are pulled towards 0",
            byDefault = "0",
            range = "[0, inf)",
            unusedAtZero = true)
        Schedule weightDecay,
    @Param(value = "how weight decay is applied", byDefault = "native")
        WeightDecayForm weightDecayForm)
    implements Optimizer {
  private static final String N = "n";
  private static final Slot Z = new Slot("z");
  private static final Expression LEAST_DIVISOR = Expression.of(Float.MIN_VALUE);

  private Slot n() {
    return new Slot(N, initialAccumulator);
  }

  private WeightDecay decay() {
    return WeightDecay.of(weightDecay, weightDecayForm, false);
  }

  private Expression root(Expression n) {
    if (learningRatePower == 0) {
      return Terms.ONE;
    }
    // log(0) is -inf and exp of that is 0, so a sum of 0 has the root 0 too.
    return learningRatePower == -0.5 ? n.sqrt() : n.log().times(-learningRatePower).exp();
  }

  private static Expression ifMoving(StepBuilder step, Expression then, Expression otherwise) {
    return Terms.SMALLEST_RATE.ifLess(step.learningRate(), then, otherwise);
  }

  @Override
  public void step(StepBuilder step) {
    Expression g = decay().gradient(step);
    Expression w = decay().weight(step);
    Expression n = step.slot(n());
    Expression z = step.slot(Z);
    Expression inverseRate = Terms.ONE.dividedBy(step.learningRate());
    Expression sum = g.fma(g, n);
    Expression root = root(sum);
    Expression pull =
        step.hyperparameter(l2Shrinkage).times(2).minus(root.minus(root(n)).times(inverseRate));
    Expression leader = pull.fma(w, z.plus(g));
    Expression l1 = step.hyperparameter(this.l1);
    Expression clipped = leader.min(l1).max(l1.negate());
    Expression penalty =
        step.hyperparameter(l2).times(2).plus(step.hyperparameter(beta).times(inverseRate));
    Expression divisor = root.fma(inverseRate, penalty);
    // It is 0 where there is no penalty and has been no gradient whose square is a float.
    Expression moved =
        divisor.ifLess(LEAST_DIVISOR, Terms.ZERO, clipped.minus(leader).dividedBy(divisor));
    step.set(n(), ifMoving(step, sum, n));
    step.set(Z, ifMoving(step, leader, z));
    step.setWeight(ifMoving(step, moved, step.weight()));
  }
}
