package dev.anneal.optimizers;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.Granularity;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.optimizer.StepBuilder;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.api.schedule.Schedule;

/**
 * Fromage: steps that are a part of the length of each parameter's weights, then all weights are
 * made a little shorter, so that they do not grow for ever.
 *
 * <ul>
 *   <li>{@code d = max(|w|, min_norm) / max(|g|, min_norm) g}, with the norms of the parameter
 *   <li>{@code w = (w - learning_rate d) / sqrt(1 + learning_rate^2)}
 * </ul>
 *
 * <p>The learning rate is the part, 0.01 in the paper. Weights without a gradient are made shorter,
 * too. The quotient of the norms is reported as {@code trust_ratio}.
 *
 * <p>Source: Bernstein et al., "On the distance between two neural networks and the stability of
 * learning", 2020; {@code fromage} of Optax, which has no default rate.
 */
@Plugin(
    name = "fromage",
    summary = "w = (w - learning_rate * |w| / |g| * g) / sqrt(1 + learning_rate^2)",
    source = "Bernstein et al. 2020; Optax fromage")
public record Fromage(
    @Param(
            value = "the part of the weights that a step is long",
            byDefault = "0.01",
            range = "[0, inf)",
            alias = "lr")
        Schedule learningRate,
    @Param(value = "what a norm is at least", byDefault = "1e-6", range = "(0, inf)")
        Schedule minNorm)
    implements Optimizer {

  @Override
  public void step(StepBuilder step) {
    Expression w = step.weight();
    Expression g = step.gradient();
    Expression rate = step.learningRate();
    Expression trust = norm(step, w).dividedBy(norm(step, g));
    step.report("trust_ratio", trust);
    Expression shorter = Terms.ONE.dividedBy(rate.fma(rate, Terms.ONE).sqrt());
    Expression size = rate.times(shorter).times(trust);
    // What is taken off, since a factor of almost 1 would be rounded at each step.
    Expression by = shorter.minus(Terms.ONE).fma(w, size.negate().times(g));
    step.setWeight(w.plus(by));
  }

  private Expression norm(StepBuilder step, Expression of) {
    return Terms.norm(step, Granularity.PARAMETER, of).max(step.hyperparameter(minNorm));
  }
}
