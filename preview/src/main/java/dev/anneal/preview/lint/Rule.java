package dev.anneal.preview.lint;

import dev.anneal.preview.HyperparameterPreview;
import java.util.Optional;

/** One thing that can be wrong. */
interface Rule {
  /** What the rule has against it, at most one thing for each hyper-parameter. */
  Optional<Finding> check(HyperparameterPreview preview);

  /** A rule for the learning rate alone: a momentum may well begin at 0. */
  static Rule ofRate(Rule rule) {
    return preview -> preview.isRate() ? rule.check(preview) : Optional.empty();
  }

  /** A warning. */
  static Optional<Finding> warning(
      String rule, HyperparameterPreview preview, long iteration, String what, String advice) {
    return Optional.of(
        new Finding(rule, Finding.Severity.WARNING, preview.name(), iteration, what, advice));
  }

  /** An error. */
  static Optional<Finding> error(
      String rule, HyperparameterPreview preview, long iteration, String what, String advice) {
    return Optional.of(
        new Finding(rule, Finding.Severity.ERROR, preview.name(), iteration, what, advice));
  }
}
