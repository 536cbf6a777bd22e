package dev.anneal.preview.lint;

import static dev.anneal.api.numeric.NumberFormats.brief;

import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.schedule.Cursor;
import dev.anneal.api.schedule.PerEpoch;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.preview.HyperparameterPreview;
import java.util.Objects;
import java.util.Optional;

/** How often a schedule is read, and how often it may have been meant to be. */
final class ClockRules {
  /**
   * A rate that is this much lower after an epoch than its per-epoch reading deserves a word: 10 %
   * is beyond what any difference between the start and the end of an epoch explains.
   */
  private static final double SUSPICIOUS = 0.9;

  private ClockRules() {}

  /**
   * The trap of the legacy {@code decay}, which looks like a decay per epoch: a schedule that is
   * read per iteration and falls much faster than the same numbers read per epoch. A part is judged
   * from its own beginning, wherever in the run that is.
   */
  static Optional<Finding> decayPerIteration(HyperparameterPreview preview) {
    return ScheduleTree.all(preview.schedule())
        .map(part -> trap(preview, part))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<Finding> trap(HyperparameterPreview preview, Schedule part) {
    int epoch = preview.run().iterationsPerEpoch();
    Cursor cursor = preview.run().cursor();
    Optional<PerEpoch> epochly = part.perEpoch();
    if (epochly.isEmpty()) {
      return Optional.empty();
    }
    double start = part.at(cursor.moveTo(0));
    double value = part.at(cursor.moveTo(epoch));
    double meant = epochly.get().schedule().at(cursor.moveTo(epoch));
    // What rises meanwhile, as Noam's warm-up does, is no decay.
    if (!(Math.abs(value) < SUSPICIOUS * Math.min(Math.abs(meant), Math.abs(start)))) {
      return Optional.empty();
    }
    boolean whole = Objects.equals(part, preview.schedule());
    return Rule.warning(
        "decay-per-iteration",
        preview,
        epoch,
        whole
            ? "the decay is applied %d times an epoch: the rate is %s after epoch 1, not %s"
                .formatted(epoch, brief(value), brief(meant))
            : "the decay of %s is applied %d times an epoch: an epoch after it begins it is at %s, not %s"
                .formatted(Catalogue.describe(part), epoch, brief(value), brief(meant)),
        "if %s was meant, write %s".formatted(brief(meant), notation(epochly.get())));
  }

  private static String notation(PerEpoch meant) {
    return meant.advice().orElseGet(() -> Catalogue.print(meant.schedule()));
  }
}
