package dev.anneal.experiments.lint;

import dev.anneal.core.Suggestions;
import dev.anneal.experiments.Preview;
import dev.anneal.nn.EpochMetrics;
import java.util.Optional;
import java.util.Set;

/** What a schedule reads of the run. */
final class Metrics {
  private Metrics() {}

  static Optional<Remark> unmeasured(Preview preview) {
    Set<String> measured = preview.run().measured();
    return Tree.all(preview.schedule())
        .flatMap(part -> part.monitored().stream())
        .filter(metric -> !measured.contains(metric))
        .findFirst()
        .flatMap(metric ->
            Rule.error(
                "unmeasured-metric",
                preview,
                0,
                "the schedule is driven by %s, which is not measured".formatted(metric),
                EpochMetrics.measured(true).contains(metric)
                    ? "validate, or write one of " + Suggestions.list(measured, "or")
                    : "write one of " + Suggestions.list(measured, "or")));
  }
}
