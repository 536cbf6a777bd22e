package dev.anneal.experiments.lint;

import dev.anneal.experiments.Forecast;
import dev.anneal.experiments.Preview;
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
          Values::notFinite,
          Values::negative,
          Metrics::unmeasured,
          Rule.ofRate(Readings::decayPerIteration),
          Rule.ofRate(Values::zeroAtFirst),
          Boundaries::warmupTooLong,
          Boundaries::endNeverReached,
          Boundaries::neverBegins,
          Rule.ofRate(Boundaries::endedEarly),
          Rule.ofRate(Boundaries::risesAfterEnd),
          Boundaries::noLength,
          Boundaries::offByOne,
          Values::neverChanges);

  private Linter() {}

  /**
   * Looks at a learning rate, or at all that an optimizer reads.
   *
   * @param forecast what it will do
   * @return the remarks, errors first
   */
  public static List<Remark> check(Forecast forecast) {
    List<Remark> remarks = new ArrayList<>();
    for (Preview preview : forecast.previews()) {
      RULES.stream()
          .map(rule -> rule.check(preview))
          .flatMap(Optional::stream)
          .forEach(remarks::add);
    }
    Cycles.inPhase(forecast).ifPresent(remarks::add);
    remarks.sort((a, b) -> b.severity().compareTo(a.severity()));
    return List.copyOf(remarks);
  }
}
