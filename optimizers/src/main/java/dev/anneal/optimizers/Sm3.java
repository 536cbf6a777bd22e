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
 * SM3: Adagrad with a sum of squared gradients that is kept as a bound for each row and each
 * column.
 *
 * <ul>
 *   <li>{@code a = g^2 + min(R, C)}, with the bounds of the weight's row and column
 *   <li>R is the largest a of the row, C the largest of the column; for a single row a itself is
 *       kept
 *   <li>{@code m = m + (1 - momentum) (g / sqrt(a + epsilon) - m)}
 *   <li>{@code w = w - learning_rate m}
 * </ul>
 *
 * <p>Source: Anil, Gupta, Koren and Singer, "Memory-efficient adaptive optimization", 2019; sm3 of
 * Optax, which has no default rate, and epsilon where the paper takes 0 / 0 as 0.
 */
@Plugin(
    name = "sm3",
    summary =
        "w = w - learning_rate * mean(g / sqrt(a)), with bounds a of the sum of g^2 by rows and"
            + " columns",
    source = "Anil, Gupta, Koren and Singer 2019; Optax sm3")
public record Sm3(
    @Param(value = "the size of a step", byDefault = "0.1", range = "[0, inf)", alias = "lr")
        Schedule learningRate,
    @Param(value = "the part of the mean kept", byDefault = "0.9", range = "[0, 1)")
        Schedule momentum,
    @Param(value = "what keeps the divisor from 0", byDefault = "1e-8", range = "(0, inf)")
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
  private static final Slot A = new Slot("a");
  private static final Slot R = new Slot("r", Granularity.ROW, 0);
  private static final Slot C = new Slot("c", Granularity.COLUMN, 0);
  private static final Slot M = new Slot("m");

  private WeightDecay pull() {
    return WeightDecay.of(weightDecay, weightDecayForm, false);
  }

  @Override
  public void step(StepBuilder step) {
    Expression g = pull().gradient(step);
    Expression direction = g.dividedBy(sums(step, g).plus(step.hyperparameter(epsilon)).sqrt());
    Expression m = Terms.mean(step.slot(M), step.hyperparameter(momentum), direction);
    step.set(M, m);
    pull().move(step, step.learningRate().negate(), m);
  }

  private static Expression sums(StepBuilder step, Expression g) {
    if (step.rows() == 1) {
      Expression a = g.fma(g, step.slot(A));
      step.set(A, a);
      return a;
    }
    Expression a = g.fma(g, step.slot(R).min(step.slot(C)));
    step.set(R, step.max(Granularity.ROW, a));
    step.set(C, step.max(Granularity.COLUMN, a));
    return a;
  }
}
