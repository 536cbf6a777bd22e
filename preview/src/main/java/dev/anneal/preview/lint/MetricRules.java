package dev.anneal.preview.lint;

import dev.anneal.api.Messages;
import dev.anneal.api.schedule.MetricHistory;
import dev.anneal.preview.HyperparameterPreview;
import java.util.Optional;
import java.util.Set;

/** What a schedule reads of the run. */
final class MetricRules {
  private MetricRules() {}

  static Optional<Finding> unmeasured(HyperparameterPreview preview) {
    Set<String> measured = preview.run().measured();
    return ScheduleTree.all(preview.schedule())
        .flatMap(part -> part.monitored().stream())
        .filter(metric -> !measured.contains(metric))
        .findFirst()
        .flatMap(metric ->
            Rule.error(
                "unmeasured-metric",
                preview,
                0,
                "the schedule is driven by %s, which is not measured".formatted(metric),
                MetricHistory.measured(true).contains(metric)
                    ? "validate, or write one of " + Messages.list(measured, "or")
                    : "write one of " + Messages.list(measured, "or")));
  }
}
