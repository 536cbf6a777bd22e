package dev.anneal.optimizers;

import dev.anneal.api.Framework;
import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.optimizer.StepBuilder;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.api.schedule.Schedule;

/**
 * Descent without a schedule: the mean of the weights takes the place of a falling learning rate.
 *
 * <ul>
 *   <li>the gradient g is taken at {@code y = (1 - beta_1) z + beta_1 x}; these are the weights
 *       that are trained
 *   <li>{@code z = z - r (g + weight_decay y)}
 *   <li>{@code x = (1 - c) x + c z} with {@code c = p / sum(p)} and {@code p = s^weight_power *
 *       r_max^rate_power} at step s; the model is measured with x
 * </ul>
 *
 * <p>With a constant rate and the default powers x is the mean of all z. The rate rises linearly
 * over {@code warmup_steps}: to {@code s / warmup_steps} of itself at step s, but in Optax the step
 * has the rate of the step before, 0 first, while p has that of this one. Any schedule may be put
 * on the rate instead, and p follows it; one that falls defeats the purpose. Coupled and decoupled
 * decay are one here.
 *
 * <p>x is not kept but computed from y and {@code z - y}. Where beta_1 changes, so does x (as in
 * the frameworks).
 *
 * <p>Source: Defazio et al., "The road less scheduled", 2024; the authors' {@code SGDScheduleFree},
 * where beta_1 is called momentum, r {@code weight_power} and {@code weight_lr_power} {@code
 * rate_power}; {@code schedule_free_sgd} of Optax.
 */
@Plugin(
    name = "schedule-free-sgd",
    summary = "descent of z, measured at the mean of all z, trained between the two",
    source = "Defazio et al. 2024")
public record ScheduleFreeSgd(
    @Param(value = "the size of a step", byDefault = "1", range = "[0, inf)", alias = "lr")
        Schedule learningRate,
    @Param(
            value = "the part of the mean in the weights that are trained",
            byDefault = "0.9",
            range = "(0, 1)",
            alias = "momentum")
        Schedule beta1,
    @Param(value = "over how many steps the rate rises", byDefault = "0", range = "[0, inf)")
        int warmupSteps,
    @Param(
            value = "each step goes into the mean with its number to this power",
            byDefault = "0",
            range = "[0, 32]",
            alias = "r")
        double weightPower,
    @Param(
            value = "each step goes into the mean with the largest rate so far to this power",
            byDefault = "2",
            range = "[0, 32]",
            alias = "weight_lr_power")
        double ratePower,
    @Param(
            value = "how strongly weights are pulled towards 0",
            byDefault = "0",
            range = "[0, inf)",
            unusedAtZero = true)
        Schedule weightDecay,
    @Param(
            value = "whose form of the warm-up",
            byDefault = "torch",
            choices = {"torch", "optax"})
        Framework dialect)
    implements Optimizer {

  private WeightDecay decay() {
    return WeightDecay.of(weightDecay, WeightDecayForm.COUPLED, dialect);
  }

  private ScheduleFree scheduleFree() {
    return new ScheduleFree(beta1, warmupSteps, weightPower, ratePower);
  }

  @Override
  public void step(StepBuilder step) {
    ScheduleFree free = scheduleFree();
    Expression s = step.number();
    Expression part = free.part(step, free.rate(step, s));
    Expression rate = free.rate(step, dialect == Framework.OPTAX ? s.minus(Terms.ONE) : s);
    free.move(step, Terms.ZERO, part, rate, decay().gradient(step));
  }
}
