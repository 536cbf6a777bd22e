package dev.anneal.search;

/**
 * A trial on a rung.
 *
 * @param trial its number, from 0
 * @param rung from 0
 */
public record TrialRun(int trial, int rung) {
  /**
   * What people call the trial.
   *
   * @return such as {@code trial-17}, from 1
   */
  public String name() {
    return name(trial);
  }

  static String name(int trial) {
    return "trial-" + (trial + 1);
  }
}
