package dev.anneal.optimizers;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.optimizer.Slot;
import dev.anneal.api.optimizer.StepBuilder;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.api.schedule.Schedule;

/**
 * COCOB, continuous coin betting: how far a weight is from where it began is a bet on the sign of
 * its gradients, paid from what earlier bets have won. There is no learning rate to find.
 *
 * <p>For each weight, with {@code h = learning_rate g}:
 *
 * <ul>
 *   <li>{@code largest = max(largest, |h|)}, which begins as epsilon, and {@code total = total +
 *       |h|}
 *   <li>{@code reward = max(reward - h (w - first), 0)} and {@code sum = sum - h}
 *   <li>{@code w = first + sum / (largest max(total + largest, alpha largest)) (largest + reward)}
 * </ul>
 *
 * <p>As in Optax the learning rate multiplies the gradients, where a constant one cancels but for
 * epsilon; a schedule makes later gradients count for less. At 0 the weights stay. Weight decay is
 * coupled.
 *
 * <p>Source: Orabona and Tommasi, "Training deep networks without learning rates through coin
 * betting", 2017, algorithm 2; {@code cocob} of Optax.
 */
@Plugin(
    name = "cocob",
    summary =
        "w = first + sum / (largest * max(total + largest, alpha * largest)) * (largest + reward)",
    source = "Orabona and Tommasi 2017; Optax cocob")
public record Cocob(
    @Param(value = "a factor of the gradients", byDefault = "1", range = "[0, inf)", alias = "lr")
        Schedule learningRate,
    @Param(value = "how small the first bets are", byDefault = "100", range = "[0, inf)")
        Schedule alpha,
    @Param(value = "what the largest gradient begins as", byDefault = "1e-8", range = "(0, inf)")
        double epsilon,
    @Param(
            value = "how strongly weights are pulled towards 0",
            byDefault = "0",
            range = "[0, inf)",
            unusedAtZero = true)
        Schedule weightDecay)
    implements Optimizer {
  private static final Slot FIRST = new Slot("first");
  private static final Slot TOTAL = new Slot("total");
  private static final Slot REWARD = new Slot("reward");
  private static final Slot SUM = new Slot("sum");

  private WeightDecay pull() {
    return WeightDecay.of(weightDecay, WeightDecayForm.COUPLED, true);
  }

  @Override
  public void step(StepBuilder step) {
    Slot largestSoFar = new Slot("largest", epsilon);
    Expression h = step.learningRate().times(pull().gradient(step));
    Expression first = Terms.first(step, FIRST);
    Expression largest = step.slot(largestSoFar).max(h.abs());
    Expression total = step.slot(TOTAL).plus(h.abs());
    Expression won = h.negate().fma(step.weight().minus(first), step.slot(REWARD));
    Expression reward = won.max(Terms.ZERO);
    Expression sum = step.slot(SUM).minus(h);
    step.set(largestSoFar, largest);
    step.set(TOTAL, total);
    step.set(REWARD, reward);
    step.set(SUM, sum);
    Expression caution = total.plus(largest).max(step.hyperparameter(alpha).times(largest));
    Expression wealth = reward.dividedBy(largest).plus(Terms.ONE);
    Expression bet = sum.dividedBy(caution).times(wealth);
    step.setWeight(first.plus(bet));
  }
}
