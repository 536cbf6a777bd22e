package dev.anneal.core.optimize;

/**
 * A number that an update rule keeps for each weight from step to step.
 *
 * @param name its name, unique in the rule
 * @param initial its value before the first step
 */
public record Slot(String name, double initial) {
  /**
   * A slot that starts at 0.
   *
   * @param name its name
   */
  public Slot(String name) {
    this(name, 0);
  }
}
