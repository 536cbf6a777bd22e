package dev.anneal.experiments.range;

import dev.anneal.api.numeric.NumberFormats;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What several seeds suggest together.
 *
 * @param suggestion the geometric mean of theirs; none where more than half of them have none
 * @param values the rates that seeds suggest, in their order
 */
public record Consensus(Suggestion suggestion, List<Double> values) {
  /** Copies the list. */
  public Consensus {
    values = List.copyOf(values);
  }

  static Consensus of(List<Suggestion> all) {
    List<Double> values =
        all.stream().map(Suggestion::value).flatMap(each -> each.stream().boxed()).toList();
    List<String> reasons =
        all.stream().map(Suggestion::reason).filter(reason -> !reason.isEmpty()).toList();
    if (2 * reasons.size() <= all.size()) {
      return new Consensus(new Suggestion.Value(geometricMean(values)), values);
    }
    String why = reasons.getFirst();
    return new Consensus(
        new Suggestion.None(
            all.size() == 1
                ? why
                : "of %d of %d seeds there is none; of the first of these: %s"
                    .formatted(reasons.size(), all.size(), why)),
        values);
  }

  static double geometricMean(List<Double> values) {
    return StrictMath.exp(values.stream().mapToDouble(StrictMath::log).average().orElseThrow());
  }

  /**
   * The least of the rates.
   *
   * @return nothing where there is none
   */
  public OptionalDouble least() {
    return values.stream().mapToDouble(value -> value).min();
  }

  /**
   * The greatest of the rates.
   *
   * @return nothing where there is none
   */
  public OptionalDouble greatest() {
    return values.stream().mapToDouble(value -> value).max();
  }

  /**
   * The least and the greatest rate in words.
   *
   * @return such as {@code 0.0112 to 0.0354, 3.2 times apart}; empty where there is none
   */
  public String range() {
    return values.isEmpty() ? "" : range(values);
  }

  static String range(List<Double> values) {
    return "%s to %s, %s times apart"
        .formatted(
            NumberFormats.brief(Collections.min(values)),
            NumberFormats.brief(Collections.max(values)),
            NumberFormats.significant(apart(values), 2));
  }

  /** The greatest over the least, at least 1. */
  static double apart(List<Double> values) {
    return Collections.max(values) / Collections.min(values);
  }
}
