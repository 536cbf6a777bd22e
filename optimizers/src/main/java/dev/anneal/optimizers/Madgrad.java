package dev.anneal.optimizers;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.optimizer.Slot;
import dev.anneal.api.optimizer.StepBuilder;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.api.schedule.Schedule;

/**
 * MADGRAD: dual averaging, from the first weights along the sum of all gradients, with the cube
 * root of the sum of their squares; then momentum.
 *
 * <p>At step s, with {@code size = (learning_rate + epsilon) sqrt(s)}:
 *
 * <ul>
 *   <li>{@code sum = sum + size g} and {@code squares = squares + size g^2}
 *   <li>{@code z = first - sum / (cbrt(squares) + epsilon)}
 *   <li>{@code w = (1 - momentum) z + momentum w}
 * </ul>
 *
 * <p>A learning rate of 0 is a size of 0, where the authors' code and Optax still have epsilon. The
 * sums remember: a change of the rate acts on the gradients to come. Native weight decay is
 * coupled.
 *
 * <p>Source: Defazio and Jelassi, "Adaptivity without compromise: a momentumized, adaptive, dual
 * averaged gradient method for stochastic optimization", 2021; madgrad of Optax.
 */
@Plugin(
    name = "madgrad",
    summary = "w = (1 - momentum) * z + momentum * w, with z = first - sum(g) / cbrt(sum(g^2))",
    source = "Defazio and Jelassi 2021; Optax madgrad")
public record Madgrad(
    @Param(value = "the size of a step", byDefault = "0.01", range = "[0, inf)", alias = "lr")
        Schedule learningRate,
    @Param(value = "the part of the weight kept", byDefault = "0.9", range = "[0, 1)")
        Schedule momentum,
    @Param(value = "what keeps the divisor from 0", byDefault = "1e-6", range = "(0, inf)")
        Schedule epsilon,
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
  private static final Slot SUM = new Slot("sum");
  private static final Slot SQUARES = new Slot("squares");

  private WeightDecay pull() {
    return WeightDecay.of(weightDecay, weightDecayForm, true);
  }

  @Override
  public void step(StepBuilder step) {
    Expression g = pull().gradient(step);
    Expression e = step.hyperparameter(epsilon);
    Expression rate = step.learningRate();
    Expression size = Terms.ZERO.ifLess(rate, rate.plus(e), rate).times(step.number().sqrt());
    Expression sum = size.fma(g, step.slot(SUM));
    Expression squares = size.times(g).fma(g, step.slot(SQUARES));
    Expression first = Terms.first(step, FIRST);
    step.set(SUM, sum);
    step.set(SQUARES, squares);
    Expression z = first.minus(sum.dividedBy(squares.power(1.0 / 3).plus(e)));
    Expression toward = z.minus(step.weight());
    pull().move(step, Terms.ONE.minus(step.hyperparameter(momentum)), toward);
  }
}
