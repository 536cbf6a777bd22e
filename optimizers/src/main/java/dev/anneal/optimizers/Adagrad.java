package dev.anneal.optimizers;

import dev.anneal.api.Framework;
import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.Hyperparameter;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.optimizer.Slot;
import dev.anneal.api.optimizer.StepBuilder;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.api.schedule.Schedule;
import java.util.List;

/**
 * Adagrad: the gradient over the root of the sum of its squares.
 *
 * <ul>
 *   <li>{@code a = a + g^2}
 *   <li>Keras, Optax: {@code w = w - learning_rate g / sqrt(a + epsilon)}
 *   <li>PyTorch: {@code w = w - learning_rate g / (sqrt(a) + epsilon)}
 * </ul>
 *
 * <p>{@code decay} is PyTorch's {@code lr_decay}: the rate in force is {@code learning_rate / (1 +
 * decay * iteration)}. The defaults are those of Keras; PyTorch's are a rate of 0.01, a sum that
 * starts at 0 and epsilon 1e-10.
 *
 * <p>Source: Duchi, Hazan and Singer, "Adaptive subgradient methods", 2011; Adagrad of Keras 3.
 */
@Plugin(
    name = "adagrad",
    summary = "w = w - learning_rate * g / sqrt(a + epsilon), with the sum a of g^2",
    source = "Duchi, Hazan and Singer 2011; Keras Adagrad")
public record Adagrad(
    @Param(value = "the size of a step", byDefault = "0.001", range = "[0, inf)", alias = "lr")
        Schedule learningRate,
    @Param(
            value = "where the sum of squares starts",
            byDefault = "0.1",
            range = "[0, inf)",
            alias = "initial_accumulator_value")
        double initialAccumulator,
    @Param(value = "what keeps the divisor from 0", byDefault = "1e-7", range = "(0, inf)")
        Schedule epsilon,
    @Param(
            value = "divides the learning rate by 1 + decay * iteration",
            byDefault = "0",
            range = "[0, inf)",
            alias = "lr_decay")
        double decay,
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
  private static final String A = "a";

  @Override
  public List<Hyperparameter> hyperparameters() {
    return LegacyDecay.apply(decay, Optimizer.super.hyperparameters());
  }

  private Slot a() {
    return new Slot(A, initialAccumulator);
  }

  private WeightDecay pull() {
    return WeightDecay.of(weightDecay, weightDecayForm, dialect);
  }

  @Override
  public void step(StepBuilder step) {
    Expression g = pull().gradient(step);
    Expression a = g.fma(g, step.slot(a()));
    step.set(a(), a);
    Expression e = step.hyperparameter(epsilon);
    Expression divisor = dialect == Framework.TORCH ? a.sqrt().plus(e) : a.plus(e).sqrt();
    pull().move(step, step.learningRate().negate(), g.dividedBy(divisor));
  }
}
