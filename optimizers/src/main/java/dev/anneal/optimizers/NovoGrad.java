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
 * NovoGrad: gradients over the root of a running mean of their squared norm, one number for each
 * parameter; then momentum.
 *
 * <ul>
 *   <li>{@code v = v + (1 - beta_2) (|g|^2 - v)}; the first v is the first {@code |g|^2}
 *   <li>{@code m = beta_1 m + g / (sqrt(v) + epsilon) + weight_decay w}
 *   <li>{@code w = w - learning_rate m}
 * </ul>
 *
 * <p>That is the native form of weight decay; coupled decay goes into g before its norm is taken,
 * decoupled decay stays out of m.
 *
 * <p>With {@code grad_averaging}, as in TensorFlow Addons and timm, {@code 1 - beta_1} of what goes
 * into m does.
 *
 * <p>The default of beta_2 is that of Optax, 0.25; the paper's is 0.98, that of TensorFlow Addons
 * 0.999.
 *
 * <p>Source: Ginsburg et al., "Stochastic gradient methods with layer-wise adaptive moments for
 * training of deep networks", 2019; novograd of Optax, which has no default rate.
 */
@Plugin(
    name = "novograd",
    summary =
        "m = beta_1 * m + g / (sqrt(v) + epsilon), with a mean v of |g|^2; w = w - learning_rate *"
            + " m",
    source = "Ginsburg et al. 2019; Optax novograd")
public record NovoGrad(
    @Param(value = "the size of a step", byDefault = "0.001", range = "[0, inf)", alias = "lr")
        Schedule learningRate,
    @Param(value = "the part of the sum of gradients kept", byDefault = "0.9", range = "[0, 1)")
        Schedule beta1,
    @Param(
            value = "the part of the mean of squared norms kept",
            byDefault = "0.25",
            range = "[0, 1)")
        Schedule beta2,
    @Param(value = "what keeps the divisor from 0", byDefault = "1e-6", range = "(0, inf)")
        Schedule epsilon,
    @Param(value = "whether m is a mean instead of a sum", byDefault = "false")
        boolean gradAveraging,
    @Param(
            value = "how strongly weights are pulled towards 0",
            byDefault = "0",
            range = "[0, inf)",
            unusedAtZero = true)
        Schedule weightDecay,
    @Param(value = "how weight decay is applied", byDefault = "native")
        WeightDecayForm weightDecayForm)
    implements Optimizer {
  private static final Slot M = new Slot("m");
  private static final Slot V = new Slot("v", Granularity.PARAMETER, 0);

  private WeightDecay pull() {
    return WeightDecay.of(weightDecay, weightDecayForm, false);
  }

  @Override
  public void step(StepBuilder step) {
    Expression g = pull().gradient(step);
    Expression square = step.sum(Granularity.PARAMETER, g.times(g));
    Expression kept = step.number().ifLess(Terms.TWO, Terms.ZERO, step.hyperparameter(beta2));
    Expression v = Terms.mean(step.slot(V), kept, square);
    Expression part = Terms.ONE.dividedBy(v.sqrt().plus(step.hyperparameter(epsilon)));
    Expression down = step.learningRate().negate();
    Expression direction = part.times(g);
    boolean within = weightDecayForm == WeightDecayForm.NATIVE;
    Expression gathered = within ? pull().within(step, direction) : direction;
    Expression b1 = step.hyperparameter(beta1);
    Expression m =
        b1.fma(step.slot(M), gradAveraging ? Terms.ONE.minus(b1).times(gathered) : gathered);
    step.set(V, v);
    step.set(M, m);
    if (within) {
      step.setWeight(down.fma(m, step.weight()));
    } else {
      pull().move(step, down, m);
    }
  }
}
