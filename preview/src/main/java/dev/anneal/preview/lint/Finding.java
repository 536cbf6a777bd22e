package dev.anneal.preview.lint;

import dev.anneal.api.optimizer.Optimizer;

/**
 * One thing that the linter has against a hyper-parameter's schedule.
 *
 * @param rule the name of the rule, such as {@code zero-first-step}
 * @param severity whether training could begin all the same
 * @param subject the hyper-parameter, such as {@code learning_rate}
 * @param iteration the update at which it shows, counted from 0; it may lie beyond the run
 * @param what what is wrong
 * @param advice what to write instead
 */
public record Finding(
    String rule, Severity severity, String subject, long iteration, String what, String advice) {
  /** How bad it is. */
  public enum Severity {
    /** It is probably not what was meant. */
    WARNING,
    /** Training would fail. */
    ERROR
  }

  /**
   * The finding in one line.
   *
   * @return what, what instead, and the rule
   */
  public String sentence() {
    String whose = subject.equals(Optimizer.LEARNING_RATE) ? "" : subject + ": ";
    return "%s%s; %s [%s]".formatted(whose, what, advice, rule);
  }
}
