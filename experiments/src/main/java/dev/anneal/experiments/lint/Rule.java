package dev.anneal.experiments.lint;

import dev.anneal.experiments.Preview;
import java.util.Optional;

/** One thing that can be wrong. */
interface Rule {
  /** What the rule has against it, at most one thing for each hyper-parameter. */
  Optional<Remark> check(Preview preview);

  /** A rule for the learning rate alone: a momentum may well begin at 0. */
  static Rule ofRate(Rule rule) {
    return preview -> preview.isRate() ? rule.check(preview) : Optional.empty();
  }

  /** A warning. */
  static Optional<Remark> warning(
      String rule, Preview preview, long iteration, String what, String advice) {
    return Optional.of(
        new Remark(rule, Remark.Severity.WARNING, preview.name(), iteration, what, advice));
  }

  /** An error. */
  static Optional<Remark> error(
      String rule, Preview preview, long iteration, String what, String advice) {
    return Optional.of(
        new Remark(rule, Remark.Severity.ERROR, preview.name(), iteration, what, advice));
  }
}
