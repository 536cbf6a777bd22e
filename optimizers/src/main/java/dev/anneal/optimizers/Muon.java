package dev.anneal.optimizers;

import dev.anneal.api.Framework;
import dev.anneal.api.expression.Expression;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.optimizer.Slot;
import dev.anneal.api.optimizer.StepBuilder;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.optimizers.matrix.NewtonSchulz;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Muon: matrices move by their momentum made orthogonal, so that all its directions count alike;
 * biases and other single rows move by AdamW.
 *
 * <p>For a matrix [inputs x outputs] of weights W and its gradient G:
 *
 * <ul>
 *   <li>{@code M = momentum M + G}; with {@code nesterov} the direction D is {@code G + momentum
 *       M}, else M
 *   <li>Optax: {@code M = M + (1 - momentum) (G - M)}, D the mean corrected for its start at 0,
 *       with {@code nesterov} a look ahead
 *   <li>{@code O} = D made orthogonal by {@code ns_steps} steps of Newton and Schulz
 *   <li>{@code W = W - learning_rate (f O + weight_decay W)}
 * </ul>
 *
 * <p>The factor f is {@code rms_rate sqrt(max(inputs, outputs))}: the entries of the step have a
 * root mean square of about {@code rms_rate}, and 0.2 is what AdamW has, so that its rates fit.
 * With {@code rms_rate=0} f is 1 in Keras, and {@code sqrt(max(1, outputs / inputs))} in PyTorch
 * and Optax, their default.
 *
 * <p>The scale of D has no effect but through what keeps its norm from 0: {@code norm + 1e-7} in
 * Keras, {@code max(norm, 1e-7)} in PyTorch, {@code norm + 1e-8} in Optax. PyTorch makes D
 * orthogonal in 16 bits, so its own figures agree with this rule to two digits only. In single
 * precision what roundings add to a direction with next to no momentum grows up to 500 times.
 *
 * <p>AdamW takes {@code adam_learning_rate_ratio} of the rate, in the form of the dialect; Optax's
 * with {@code nesterov} is Nadam. PyTorch's Muon takes matrices alone. Embeddings and the last
 * layer are matrices too: leave them to another optimizer.
 *
 * <p>Source: Jordan et al., "Muon: an optimizer for hidden layers in neural networks", 2024; Liu et
 * al., "Muon is scalable for LLM training", 2025; Muon of Keras 3.13 and PyTorch 2.9; {@code muon}
 * of Optax.
 */
@Plugin(
    name = "muon",
    summary = "the momentum of matrices made orthogonal; AdamW for biases",
    source = "Jordan et al. 2024; Keras Muon")
public record Muon(
    @Param(value = "the size of a step", byDefault = "0.001", range = "[0, inf)", alias = "lr")
        Schedule learningRate,
    @Param(
            value = "the part of the momentum kept from step to step",
            byDefault = "0.95",
            range = "[0, 1)")
        Schedule momentum,
    @Param(value = "whether to look ahead", byDefault = "true") boolean nesterov,
    @Param(value = "how many steps of Newton and Schulz", byDefault = "5", range = "[1, 100)")
        int nsSteps,
    @Param(
            value = "the root mean square of a step at rate 1; 0 for the factor of shapes",
            byDefault = "0.2",
            range = "[0, inf)")
        double rmsRate,
    @Param(
            value = "how strongly matrices are pulled towards 0",
            byDefault = "0.004",
            range = "[0, inf)",
            unusedAtZero = true)
        Schedule weightDecay,
    @Param(
            value = "AdamW's learning rate over this one",
            byDefault = "1",
            range = "[0, inf)",
            alias = "adam_lr_ratio")
        double adamLearningRateRatio,
    @Param(
            value = "for AdamW, the part of the mean of gradients kept",
            byDefault = "0.9",
            range = "[0, 1)",
            alias = "adam_beta_1")
        Schedule beta1,
    @Param(
            value = "for AdamW, the part of the mean of squared gradients kept",
            byDefault = "0.999",
            range = "[0, 1)",
            alias = "adam_beta_2")
        Schedule beta2,
    @Param(
            value = "for AdamW, what keeps the divisor from 0",
            byDefault = "1e-7",
            range = "(0, inf)")
        Schedule epsilon,
    @Param(
            value = "how strongly single rows are pulled towards 0",
            byDefault = "0.004",
            range = "[0, inf)",
            unusedAtZero = true)
        Schedule adamWeightDecay,
    @Param(
            value = "whose form of the rule",
            byDefault = "keras",
            choices = {"keras", "torch", "optax"})
        Framework dialect)
    implements Optimizer {
  private static final Slot M = new Slot("momentum");

  private WeightDecay decay() {
    return WeightDecay.of(weightDecay, WeightDecayForm.DECOUPLED, dialect);
  }

  /** What moves single rows. */
  private Optimizer single() {
    return dialect == Framework.OPTAX && nesterov
        ? new NadamBuilder()
            .learningRate(learningRate)
            .beta1(beta1)
            .beta2(beta2)
            .epsilon(epsilon)
            .momentumDecay(0)
            .weightDecay(adamWeightDecay)
            .weightDecayForm(WeightDecayForm.DECOUPLED)
            .dialect(dialect)
            .build()
        : new AdamWBuilder()
            .learningRate(learningRate)
            .beta1(beta1)
            .beta2(beta2)
            .epsilon(epsilon)
            .weightDecay(adamWeightDecay)
            .dialect(dialect)
            .build();
  }

  @Override
  public void step(StepBuilder step) {
    if (step.rows() == 1) {
      moveRow(step);
    } else {
      moveMatrix(step);
    }
  }

  private void moveRow(StepBuilder step) {
    Map<String, Expression> instead = new HashMap<>();
    Expression rate = step.learningRate();
    instead.put(LEARNING_RATE, rate.times(adamLearningRateRatio));
    if (!Terms.isZero(adamWeightDecay)) {
      instead.put(WeightDecay.NAME, step.hyperparameter(adamWeightDecay));
    }
    StepBuilder.Inner adam =
        step.inner(single(), step.weight(), step.gradient(), step.number(), instead);
    adam.store();
    step.setWeight(adam.weight());
  }

  private void moveMatrix(StepBuilder step) {
    Expression g = step.gradient();
    Expression kept = step.hyperparameter(momentum);
    Expression m = step.slot(M);
    Expression direction;
    if (dialect == Framework.OPTAX) {
      m = Terms.mean(m, kept, g);
      direction = Terms.correctedMean(step, m, kept, g, nesterov);
    } else {
      m = kept.fma(m, g);
      direction = nesterov ? kept.fma(m, g) : m;
    }
    step.set(M, m);
    Expression orthogonal = step.matrices(newtonSchulz(), List.of(direction), List.of()).getFirst();
    double factor = factor(step.rows(), step.columns());
    decay().move(step, step.learningRate().times(-factor), orthogonal);
  }

  private NewtonSchulz newtonSchulz() {
    return switch (dialect) {
      case KERAS -> new NewtonSchulz(nsSteps, 1e-7, true);
      case TORCH -> new NewtonSchulz(nsSteps, 1e-7, false);
      default -> new NewtonSchulz(nsSteps, 1e-8, true);
    };
  }

  private double factor(double inputs, double outputs) {
    if (rmsRate > 0) {
      return rmsRate * Math.sqrt(Math.max(inputs, outputs));
    }
    return dialect == Framework.KERAS ? 1 : Math.sqrt(Math.max(1, outputs / inputs));
  }
}
