package dev.anneal.api.optimizer;

/**
 * State of an optimizer: numbers that its rule keeps from step to step, such as a velocity.
 *
 * @param name unique in the rule
 * @param granularity whether there is one per weight, row, column, parameter or group
 * @param initial what each is before the first step
 */
public record Slot(String name, Granularity granularity, double initial) {
  /**
   * A number for each weight, 0 before the first step.
   *
   * @param name unique in the rule
   */
  public Slot(String name) {
    this(name, Granularity.WEIGHT, 0);
  }

  /**
   * A number for each weight.
   *
   * @param name unique in the rule
   * @param initial what each is before the first step
   */
  public Slot(String name, double initial) {
    this(name, Granularity.WEIGHT, initial);
  }
}
