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
 * Adamax: Adam with the largest gradient, slowly forgotten, in place of the mean square.
 *
 * <ul>
 *   <li>{@code m = m + (1 - beta_1) (g - m)}
 *   <li>Keras: {@code u = max(beta_2 u, |g|)}, and the divisor is {@code u + epsilon}
 *   <li>PyTorch, Optax: {@code u = max(beta_2 u, |g| + epsilon)}, and the divisor is {@code u}
 *   <li>{@code w = w - learning_rate / (1 - beta_1^s) * m / divisor}
 * </ul>
 *
 * <p>The defaults are those of Keras; PyTorch's are a rate of 0.002 and epsilon 1e-8.
 *
 * <p>Source: Kingma and Ba, "Adam: a method for stochastic optimization", 2015, section 7.1; Adamax
 * of Keras 3.
 */
@Plugin(
    name = "adamax",
    summary = "w = w - learning_rate / (1 - beta_1^s) * m / u, with u = max(beta_2 u, |g|)",
    source = "Kingma and Ba 2015; Keras Adamax")
public record Adamax(
    @Param(value = "the size of a step", byDefault = "0.001", range = "[0, inf)", alias = "lr")
        Schedule learningRate,
    @Param(value = "the part of the mean of gradients kept", byDefault = "0.9", range = "[0, 1)")
        Schedule beta1,
    @Param(value = "the part of the largest gradient kept", byDefault = "0.999", range = "[0, 1)")
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
            value = "whose form of the rule",
            byDefault = "keras",
            choices = {"keras", "torch", "optax"})
        Framework dialect)
    implements Optimizer {
  private static final Slot M = new Slot("m");
  private static final Slot U = new Slot("u");

  private WeightDecay decay() {
    return WeightDecay.of(weightDecay, weightDecayForm, dialect);
  }

  @Override
  public void step(StepBuilder step) {
    Expression g = decay().gradient(step);
    Expression b1 = step.hyperparameter(beta1);
    Expression e = step.hyperparameter(epsilon);
    boolean within = dialect != Framework.KERAS;
    Expression m = Terms.mean(step.slot(M), b1, g);
    Expression u =
        step.hyperparameter(beta2).times(step.slot(U)).max(within ? g.abs().plus(e) : g.abs());
    step.set(M, m);
    step.set(U, u);
    Expression size = step.learningRate().dividedBy(Terms.correction(b1, step.number()));
    decay().move(step, size.negate(), m.dividedBy(within ? u : u.plus(e)));
  }
}
