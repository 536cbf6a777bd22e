package dev.anneal.optimizers;


/**
 * Whose form of a rule: frameworks differ in where epsilon stands, whether a velocity holds the
 * learning rate, and whether weight decay goes through the rule. A dialect picks the form and never
 * the defaults of numbers.
 */
public enum Dialect {
  /** Keras 3. */
  KERAS,
  /** PyTorch 2. */
  TORCH,
  /** Optax. */
  OPTAX
}
