package dev.anneal.preview.lint;

import dev.anneal.preview.HyperparameterPreview;
import dev.anneal.preview.Preview;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks for mistakes in schedules before anything is trained. It knows schedules by their values,
 * their boundaries, their parts and the metrics they read, so that it serves those of strangers
 * too. What many do on purpose passes in silence.
 */
public final class Linter {
  private static final List<Rule> RULES =
      List.of(
          ValueRules::notFinite,
          ValueRules::negative,
          MetricRules::unmeasured,
          Rule.ofRate(ClockRules::decayPerIteration),
          Rule.ofRate(ValueRules::zeroAtFirst),
          BoundaryRules::warmupTooLong,
          BoundaryRules::endNeverReached,
          BoundaryRules::neverBegins,
          Rule.ofRate(BoundaryRules::endedEarly),
          Rule.ofRate(BoundaryRules::risesAfterEnd),
          BoundaryRules::noLength,
          BoundaryRules::offByOne,
          ValueRules::neverChanges);

  private Linter() {}

  /**
   * Looks at a learning rate, or at all that an optimizer reads.
   *
   * @param preview what it will do
   * @return the findings, errors first
   */
  public static List<Finding> check(Preview preview) {
    List<Finding> findings = new ArrayList<>();
    for (HyperparameterPreview hyperparameter : preview.hyperparameters()) {
      RULES.stream()
          .map(rule -> rule.check(hyperparameter))
          .flatMap(Optional::stream)
          .forEach(findings::add);
    }
    CycleRules.inPhase(preview).ifPresent(findings::add);
    findings.sort((a, b) -> b.severity().compareTo(a.severity()));
    return List.copyOf(findings);
  }
}
