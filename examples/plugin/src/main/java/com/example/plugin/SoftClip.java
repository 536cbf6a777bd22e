package com.example.plugin;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.optimizer.StepBuilder;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.api.schedule.Schedule;

/**
 * Another optimizer along {@code bound g / (bound + |g|)}: small numbers of the gradient stay
 * nearly as they are, and none reaches the bound.
 */
@Plugin(name = "soft-clip", summary = "another optimizer along bound * g / (bound + |g|)")
public record SoftClip(
    @Param("what takes the bounded gradient") Optimizer optimizer,
    @Param(
            value = "what no number of the gradient reaches",
            byDefault = "1",
            range = "(0, inf)",
            hyperparameter = "soft_clip_bound")
        Schedule bound)
    implements Optimizer {

  @Override
  public void step(StepBuilder step) {
    Expression g = step.gradient();
    Expression c = step.hyperparameter(bound);
    step.setWeight(step.take(optimizer, c.times(g.dividedBy(c.plus(g.abs())))));
  }
}
