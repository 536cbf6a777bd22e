package dev.anneal.optimizers;

/** How weight decay pulls a weight towards 0. */
public enum WeightDecayForm {
  /** As the framework does it that the rule, or its dialect, follows. */
  NATIVE,
  /** Beside the rule: the step is lengthened by {@code -learning_rate * weight_decay * w}. */
  DECOUPLED,
  /** Through the rule: {@code weight_decay * w} is added to the gradient. */
  COUPLED
}
