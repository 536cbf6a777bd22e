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
 * LAMB: Adam's direction, made as long for each parameter as its weights are.
 *
 * <ul>
 *   <li>{@code m = m + (1 - beta_1) (g - m)} and {@code v = v + (1 - beta_2) (g^2 - v)}
 *   <li>{@code d = m / (1 - beta_1^s) / (sqrt(v / (1 - beta_2^s)) + epsilon)}
 *   <li>{@code w = w - learning_rate |w| / |d| d}, with the norms of the parameter; where one of
 *       them is 0 their ratio counts as 1
 * </ul>
 *
 * <p>The ratio is reported as {@code trust_ratio}. Native weight decay of Optax, as of the paper,
 * goes into d before its norm is taken: {@code d + weight_decay w}. That of Keras is decoupled and
 * comes first: the norm is that of the weights after it. Coupled decay goes into g.
 *
 * <p>The defaults are those of Keras; Optax has epsilon 1e-6.
 *
 * <p>Source: You et al., "Large batch optimization for deep learning: training BERT in 76 minutes",
 * 2020; Lamb of Keras 3; lamb of Optax.
 */
@Plugin(
    name = "lamb",
    summary = "w = w - learning_rate * |w| / |d| * d, with the direction d of Adam",
    source = "You et al. 2020; Keras Lamb; Optax lamb")
public record Lamb(
    @Param(value = "the size of a step", byDefault = "0.001", range = "[0, inf)", alias = "lr")
        Schedule learningRate,
    @Param(value = "the part of the mean of gradients kept", byDefault = "0.9", range = "[0, 1)")
        Schedule beta1,
    @Param(
            value = "the part of the mean of squared gradients kept",
            byDefault = "0.999",
            range = "[0, 1)")
        Schedule beta2,
    @Param(value = "what keeps the divisor from 0", byDefault = "1e-7", range = "(0, inf)")
        Schedule epsilon,
    @Param(
            value = "how strongly weights are pulled towards 0",
            byDefault = "0",
            range = "[0, inf)",
            unusedAtZero = true)
        Schedule weightDecay,
    @Param(value = "how weight decay is applied", byDefault = "native")
        WeightDecayForm weightDecayForm,
    @Param(
            value = "whose form of weight decay",
            byDefault = "keras",
            choices = {"keras", "optax"})
        Framework dialect)
    implements Optimizer {
  private static final Slot M = new Slot("m");
  private static final Slot V = new Slot("v");

  private WeightDecay pull() {
    return WeightDecay.of(weightDecay, weightDecayForm, false);
  }

  private boolean decaysWithin() {
    return dialect == Framework.OPTAX && weightDecayForm == WeightDecayForm.NATIVE;
  }

  @Override
  public void step(StepBuilder step) {
    Expression g = pull().gradient(step);
    Expression b1 = step.hyperparameter(beta1);
    Expression b2 = step.hyperparameter(beta2);
    Expression m = Terms.mean(step.slot(M), b1, g);
    Expression v = Terms.meanOfSquares(step.slot(V), b2, g);
    step.set(M, m);
    step.set(V, v);
    Expression divisor =
        Terms.correctedRoot(v, Terms.correction(b2, step.number()), step.hyperparameter(epsilon));
    Expression direction =
        m.times(Terms.ONE.dividedBy(Terms.correction(b1, step.number()))).dividedBy(divisor);
    Expression rate = step.learningRate();
    if (decaysWithin()) {
      Expression pulled = pull().within(step, direction);
      Expression size = rate.times(Terms.trust(step, step.weight(), pulled, Terms.ONE, Terms.ZERO));
      step.setWeight(size.negate().fma(pulled, step.weight()));
    } else {
      Expression ratio = Terms.trust(step, pull().weight(step), direction, Terms.ONE, Terms.ZERO);
      pull().move(step, rate.times(ratio).negate(), direction);
    }
  }
}
