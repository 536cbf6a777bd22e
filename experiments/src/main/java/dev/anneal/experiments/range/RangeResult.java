package dev.anneal.experiments.range;

import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.experiments.range.Suggestion.None;
import dev.anneal.experiments.range.Suggestion.Value;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a range test has found: a curve for each seed, and what they suggest. A suggestion is the
 * centre of a grid, x/3, x and 3x, to be tried by training; it is no answer.
 *
 * @param parameter the hyper-parameter
 * @param groups the groups of parameters that climbed, that whose values are those of the ladder
 *     first
 * @param ladder its values
 * @param curves one for each seed
 */
public record RangeResult(
    String parameter, List<String> groups, Ladder ladder, List<RangeCurve> curves) {
  /** Rules that lie further apart speak of different things. */
  private static final double FAR = 10;

  /** Copies the lists. */
  public RangeResult {
    groups = List.copyOf(groups);
    curves = List.copyOf(curves);
  }

  /**
   * What one rule suggests.
   *
   * @param rule the rule
   * @return what the seeds have of it
   */
  public Consensus by(SuggestionRule rule) {
    return Consensus.of(curves.stream().map(rule::of).toList());
  }

  /**
   * What the test suggests: the geometric mean of {@link SuggestionRule#MINIMUM_OVER_TEN} and
   * {@link SuggestionRule#VALLEY} over the seeds.
   *
   * @return none where one of the two has none, or where what they suggest for some seeds is more
   *     than 10 times what they suggest for others, or for other hyper-parameters than learning
   *     rates
   */
  public Consensus consensus() {
    Consensus minimum = by(SuggestionRule.MINIMUM_OVER_TEN);
    Consensus valley = by(SuggestionRule.VALLEY);
    List<Double> values =
        Stream.of(minimum, valley).flatMap(each -> each.values().stream()).toList();
    return new Consensus(suggestion(minimum.suggestion(), valley.suggestion(), values), values);
  }

  private Suggestion suggestion(Suggestion minimum, Suggestion valley, List<Double> values) {
    if (!parameter.equals(Optimizer.LEARNING_RATE)) {
      // Whatever it is, the loss falls since training goes on: at low rates alone it stands.
      return new None("the rules are made for learning rates: look where the curve turns");
    }
    if (minimum instanceof None(String reason)) {
      return new None(SuggestionRule.MINIMUM_OVER_TEN + ": " + reason);
    }
    if (valley instanceof None(String reason)) {
      return new None(SuggestionRule.VALLEY + ": " + reason);
    }
    return Consensus.apart(values) > FAR
        ? new None(
            "%s and %s do not agree: they suggest %s"
                .formatted(
                    SuggestionRule.MINIMUM_OVER_TEN,
                    SuggestionRule.VALLEY,
                    Consensus.range(values)))
        : new Value(
            Consensus.geometricMean(
                List.of(minimum.value().orElseThrow(), valley.value().orElseThrow())));
  }
}
