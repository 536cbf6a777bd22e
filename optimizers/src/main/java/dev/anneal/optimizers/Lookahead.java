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
 * Another optimizer, drawn back now and then: its weights run ahead of slow ones, which follow them
 * every few steps, and from which they go on.
 *
 * <p>The other optimizer steps to w. At every k-th step:
 *
 * <ul>
 *   <li>{@code slow = slow + alpha (w - slow)}
 *   <li>{@code w = slow}
 * </ul>
 *
 * <p>The slow weights begin as the first ones, as in the paper, Optax and TensorFlow Addons; timm
 * begins them at the first k-th step, which so draws nothing back. The other optimizer's state goes
 * on, as where Optax has {@code reset_state=False}. The defaults are those of fast.ai and timm.
 *
 * <p>Source: Zhang, Lucas, Hinton and Ba, "Lookahead optimizer: k steps forward, 1 step back",
 * 2019.
 */
@Plugin(
    name = "lookahead",
    summary = "another optimizer; at every k-th step slow = slow + alpha * (w - slow), w = slow",
    source = "Zhang, Lucas, Hinton and Ba 2019; Optax lookahead")
public record Lookahead(
    @Param("what runs ahead") Optimizer optimizer,
    @Param(
            value = "how many steps ahead",
            byDefault = "6",
            range = "[1, 1e9]",
            alias = "sync_period")
        int k,
    @Param(
            value = "the part of the way that slow weights go",
            byDefault = "0.5",
            range = "[0, 1]",
            alias = "slow_step_size",
            hyperparameter = "lookahead_alpha")
        Schedule alpha)
    implements Optimizer {
  private static final Slot SLOW = new Slot("slow");
  private static final Slot STEPS = new Slot("steps", Granularity.GROUP, 0);

  @Override
  public void step(StepBuilder step) {
    Expression fast = step.take(optimizer, step.gradient());
    Expression slow = slow(step);
    if (step.pass() < passes() - 1) {
      step.set(SLOW, slow);
      step.setWeight(fast);
      return;
    }
    Expression steps = step.slot(STEPS).plus(1);
    Expression back = Expression.of(k - 1);
    Expression drawn = step.hyperparameter(alpha).fma(fast.minus(slow), slow);
    step.set(SLOW, back.ifLess(steps, drawn, slow));
    step.set(STEPS, back.ifLess(steps, Terms.ZERO, steps));
    step.setWeight(back.ifLess(steps, drawn, fast));
  }

  /** Those that a round begins with; the passes of an optimizer around this one are not its own. */
  private Expression slow(StepBuilder step) {
    Expression slow = step.slot(SLOW);
    boolean begun = passes() > 1 && step.pass() > 0;
    return begun ? slow : step.slot(STEPS).ifLess(Terms.ONE, step.weight(), slow);
  }
}
