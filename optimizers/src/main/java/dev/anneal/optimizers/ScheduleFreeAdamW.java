package dev.anneal.optimizers;

import dev.anneal.api.Framework;
import dev.anneal.api.InputException;
import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.optimizer.Slot;
import dev.anneal.api.optimizer.StepBuilder;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.api.schedule.Schedule;

/**
 * {@link ScheduleFreeSgd} with gradients over the root of their mean square, as Adam has it without
 * momentum.
 *
 * <ul>
 *   <li>the gradient g is taken at {@code y = (1 - beta_1) z + beta_1 x}; these are the weights
 *       that are trained
 *   <li>{@code v = v + (1 - beta_2) (g^2 - v)}
 *   <li>{@code z = z - r (g / (sqrt(v / (1 - beta_2^s)) + epsilon) + weight_decay y)} at step s
 *   <li>{@code x = (1 - c) x + c z}; the model is measured with x
 * </ul>
 *
 * <p>In Keras x is the mean of all z, {@code c = 1 / s}, whatever the rate has been, and y is
 * pulled towards 0 before the step, at a rate without warm-up: {@code y = y - learning_rate
 * weight_decay y}. With {@code dialect=torch}, which is the authors' form, and {@code optax} {@code
 * c = p / sum(p)} with {@code p = s^weight_power * r_max^rate_power}. The three agree where the
 * rate is constant and nothing decays.
 *
 * <p>The rate rises linearly over {@code warmup_steps}: to {@code s / warmup_steps} of itself at
 * step s, but in Optax the step has the rate of the step before, 0 first, while p has that of this
 * one. Decay is always decoupled; with {@code decay_at_z}, as in the authors' reference code, it is
 * a part of z instead of y, but not in Keras.
 *
 * <p>Source: Defazio et al., "The road less scheduled", 2024; the authors' {@code
 * AdamWScheduleFree}, where r is called {@code weight_power} and {@code weight_lr_power} {@code
 * rate_power}; {@code ScheduleFreeAdamW} of Keras; {@code schedule_free_adamw} of Optax.
 */
@Plugin(
    name = "schedule-free-adamw",
    summary = "AdamW of z, measured at the mean of all z, trained between the two",
    source = "Defazio et al. 2024; Keras ScheduleFreeAdamW")
public record ScheduleFreeAdamW(
    @Param(value = "the size of a step", byDefault = "0.0025", range = "[0, inf)", alias = "lr")
        Schedule learningRate,
    @Param(
            value = "the part of the mean in the weights that are trained",
            byDefault = "0.9",
            range = "(0, 1)")
        Schedule beta1,
    @Param(
            value = "the part of the mean of squared gradients kept",
            byDefault = "0.999",
            range = "[0, 1)")
        Schedule beta2,
    @Param(value = "what keeps the divisor from 0", byDefault = "1e-8", range = "(0, inf)")
        Schedule epsilon,
    @Param(value = "over how many steps the rate rises", byDefault = "0", range = "[0, inf)")
        int warmupSteps,
    @Param(
            value =
                "each step goes into the mean with its number to this power, not with"
                    + " dialect=keras",
            byDefault = "0",
            range = "[0, 32]",
            alias = "r")
        double weightPower,
    @Param(
            value =
                "each step goes into the mean with the largest rate so far to this power, not with"
                    + " dialect=keras",
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
            value = "whether weight decay reads z instead of y, not with dialect=keras",
            byDefault = "false")
        boolean decayAtZ,
    @Param(
            value = "whose form of the rule",
            byDefault = "keras",
            choices = {"keras", "torch", "optax"})
        Framework dialect)
    implements Optimizer {
  private static final Slot V = new Slot("v");

  /**
   * Checks that decay can read z.
   *
   * @throws InputException if the dialect has no such decay
   */
  public ScheduleFreeAdamW {
    if (decayAtZ && dialect == Framework.KERAS) {
      throw new InputException("schedule-free-adamw: decay_at_z needs dialect=torch or optax");
    }
  }

  private WeightDecay decay() {
    return WeightDecay.of(weightDecay, WeightDecayForm.DECOUPLED, dialect);
  }

  private ScheduleFree scheduleFree() {
    return new ScheduleFree(beta1, warmupSteps, weightPower, ratePower);
  }

  @Override
  public void step(StepBuilder step) {
    ScheduleFree free = scheduleFree();
    Expression s = step.number();
    Expression b2 = step.hyperparameter(beta2);
    Expression g = step.gradient();
    Expression v = Terms.meanOfSquares(step.slot(V), b2, g);
    step.set(V, v);
    Expression divisor =
        Terms.correctedRoot(v, Terms.correction(b2, s), step.hyperparameter(epsilon));
    Expression direction = g.dividedBy(divisor);
    Expression rate = free.rate(step, s);
    if (dialect == Framework.KERAS) {
      Expression pull = decay().pull(step, step.learningRate());
      free.move(step, pull, Terms.ONE.dividedBy(s), rate, direction);
      return;
    }
    Expression part = free.part(step, rate);
    if (dialect == Framework.OPTAX) {
      rate = free.rate(step, s.minus(Terms.ONE));
    }
    Expression pulled = decayAtZ ? free.z(step) : step.weight();
    Expression pull = decay().pull(step, Terms.ONE, pulled);
    free.move(step, Terms.ZERO, part, rate, direction.plus(pull));
  }
}
