package dev.anneal.nn.training;

import dev.anneal.api.InputException;
import dev.anneal.api.Messages;
import dev.anneal.api.schedule.MetricHistory;
import dev.anneal.core.sample.Samples;
import dev.anneal.nn.measure.Measure;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a session does beside taking steps.
 *
 * @param epochs after how many it ends, at least 1
 * @param validation what to measure on after each epoch
 * @param measures what is measured there beside loss and accuracy
 * @param stopping when to end earlier
 * @param best which epoch's weights to put back at the end, instead of keeping the last one's
 * @param diagnosed whether the last update of each epoch is looked at
 * @param guard what to do about numbers that are not finite
 * @param listener looks on
 */
record SessionOptions(
    int epochs,
    Optional<Samples> validation,
    List<Measure> measures,
    Optional<EarlyStopping> stopping,
    Optional<Monitor> best,
    boolean diagnosed,
    Guard guard,
    TrainingListener listener) {
  private static final Pattern SNAKE_CASE = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*");

  SessionOptions {
    if (epochs < 1) {
      throw new InputException("training takes at least 1 epoch, not " + epochs);
    }
    measures = List.copyOf(measures);
    Set<String> names = new HashSet<>(Set.of(MetricHistory.LOSS, MetricHistory.ACCURACY));
    for (Measure each : measures) {
      if (!SNAKE_CASE.matcher(each.quantity()).matches() || !names.add(each.quantity())) {
        throw new InputException(
            "a measure is named in lower case with underscores, and unlike any other; not \"%s\""
                .formatted(Messages.brief(each.quantity())));
      }
    }
  }
}
