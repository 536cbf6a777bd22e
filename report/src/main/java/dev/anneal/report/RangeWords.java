package dev.anneal.report;

import static dev.anneal.api.numeric.NumberFormats.brief;
import static dev.anneal.experiments.range.SuggestionRule.MINIMUM_OVER_TEN;
import static dev.anneal.experiments.range.SuggestionRule.VALLEY;

import dev.anneal.api.Messages;
import dev.anneal.api.numeric.NumberFormats;
import dev.anneal.experiments.range.Consensus;
import dev.anneal.experiments.range.Ladder;
import dev.anneal.experiments.range.RangeCurve;
import dev.anneal.experiments.range.RangeResult;
import dev.anneal.experiments.range.Suggestion.None;
import dev.anneal.experiments.range.Suggestion.Value;
import dev.anneal.experiments.range.SuggestionRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** What there is to say of a range test, in sentences. */
public final class RangeWords {
  private RangeWords() {}

  /**
   * What was tested.
   *
   * @param result of the test
   * @return such as {@code learning rate from 1e-6 to 10 in 100 updates, exponential, 5 seeds}
   */
  public static String setting(RangeResult result) {
    Ladder ladder = result.ladder();
    return "%s%s from %s to %s in %s updates, %s, %s"
        .formatted(
            result.parameter().replace('_', ' '),
            result.groups().size() + result.others().size() == 1
                ? ""
                : " of " + Messages.list(result.groups(), "and"),
            brief(ladder.from()),
            brief(ladder.to()),
            NumberFormats.count(ladder.steps()),
            ladder.spacing(),
            result.curves().size() == 1 ? "1 seed" : result.curves().size() + " seeds");
  }

  /**
   * What is suggested, or why nothing is.
   *
   * @param result of the test
   * @return a sentence or two
   */
  public static String suggestion(RangeResult result) {
    Consensus consensus = result.consensus();
    return switch (consensus.suggestion()) {
      case Value(double value) ->
          "Try %s as the centre of a grid: %s, %s and %s. It is no answer; training decides."
              .formatted(brief(value), brief(value / 3), brief(value), brief(value * 3));
      case None(String reason) -> "No suggestion: %s.".formatted(reason);
    };
  }

  /**
   * How far rules and seeds agree.
   *
   * @param result of the test
   * @return a sentence; nothing where nothing is suggested, which says why
   */
  public static Optional<String> agreement(RangeResult result) {
    OptionalDouble minimum = result.by(MINIMUM_OVER_TEN).suggestion().value();
    OptionalDouble valley = result.by(VALLEY).suggestion().value();
    Consensus consensus = result.consensus();
    if (consensus.suggestion().value().isEmpty() || minimum.isEmpty() || valley.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        "It is the geometric mean of %s and %s, which agree: %s and %s. Over all seeds: %s."
            .formatted(
                MINIMUM_OVER_TEN,
                VALLEY,
                brief(minimum.getAsDouble()),
                brief(valley.getAsDouble()),
                consensus.range()));
  }

  /**
   * What one rule suggests.
   *
   * @param consensus of the seeds
   * @return a rate and the range of the seeds, or why there is none
   */
  public static String of(Consensus consensus) {
    return switch (consensus.suggestion()) {
      case Value(double value) ->
          consensus.values().size() == 1
              ? brief(value)
              : "%s (%s)".formatted(brief(value), consensus.range());
      case None(String reason) -> "none: " + reason;
    };
  }

  /**
   * What to bear in mind.
   *
   * @param result of the test
   * @return sentences
   */
  public static List<String> notes(RangeResult result) {
    List<String> notes = new ArrayList<>(List.of(ends(result)));
    if (!result.others().isEmpty()) {
      notes.add(
          "%s trained at rates of their own, so that the loss falls at the low end too: look where it turns."
              .formatted(Messages.list(result.others(), "and")));
    }
    if (result.by(SuggestionRule.STEEPEST_DESCENT).suggestion().value().isPresent()) {
      notes.add("The steepest descent is a lottery on noisy curves and is not in the suggestion.");
    }
    return notes;
  }

  private static String ends(RangeResult result) {
    Map<RangeCurve.End, Integer> ends = new TreeMap<>();
    result.curves().forEach(curve -> ends.merge(curve.end().orElseThrow(), 1, Integer::sum));
    List<String> words = new ArrayList<>();
    ends.forEach((end, count) ->
        words.add(
            "%d %s"
                .formatted(
                    count,
                    switch (end) {
                      case TOP -> "at the top of the ladder";
                      case NOT_FINITE -> "where numbers were no longer finite";
                      case ROSE -> "where the loss rose by 3 times its fall";
                      case CONSTANT -> "where the loss was that of a constant prediction again";
                    })));
    return "Climbs ended: " + Messages.list(words, "and") + ".";
  }
}
