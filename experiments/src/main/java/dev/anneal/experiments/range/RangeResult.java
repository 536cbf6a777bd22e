package dev.anneal.experiments.range;

import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.experiments.range.Suggestion.None;
import dev.anneal.experiments.range.Suggestion.Value;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a range test has found: a curve for each seed, and what they suggest. A suggestion is the
 * centre of a grid, x/3, x and 3x, to be tried by training; it is no answer.
 *
 * @param parameter the hyper-parameter
 * @param groups the groups of parameters that climbed, that whose values are those of the ladder
 *     first
 * @param others the groups that trained as they were
 * @param ladder its values
 * @param curves one for each seed
 */
public record RangeResult(
    String parameter,
    List<String> groups,
    List<String> others,
    Ladder ladder,
    List<RangeCurve> curves) {
  /** Rules that lie further apart speak of different things. */
  private static final double FAR = 10;

  /** Copies the lists. */
  public RangeResult {
    groups = List.copyOf(groups);
    others = List.copyOf(others);
    curves = List.copyOf(curves);
  }

  /**
   * The smoothed losses of several seeds at a step.
   *
   * @param least the least of them
   * @param mean their mean
   * @param greatest the greatest of them
   */
  public record Band(double least, double mean, double greatest) {}

  /**
   * The smoothed losses of the seeds.
   *
   * @return one for each step that at least half of the seeds took, of those that took it
   */
  public List<Band> bands() {
    List<Band> bands = new ArrayList<>();
    for (int step = 0; step < ladder.steps(); step++) {
      int at = step;
      DoubleSummaryStatistics losses =
          curves.stream()
              .filter(curve -> curve.size() > at)
              .mapToDouble(curve -> curve.smoothed(at))
              .summaryStatistics();
      if (2 * losses.getCount() < curves.size()) {
        break;
      }
      bands.add(new Band(losses.getMin(), losses.getAverage(), losses.getMax()));
    }
    return bands;
  }

  /**
   * Up to where a chart has room: the greatest smoothed loss on the first tenth of the ladder, and
   * half of the fall from there above it. Who diverges leaves it.
   *
   * @return above the least smoothed loss
   */
  public double ceiling() {
    List<Band> bands = bands();
    double least = bands.stream().mapToDouble(Band::least).min().orElse(0);
    double start =
        bands.stream().limit(ladder.steps() / 10).mapToDouble(Band::greatest).max().orElse(0);
    return start > least ? start + (start - least) / 2 : least + Math.max(1, Math.abs(least));
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
   * @return none where one of the two has none, where one is more than 10 times the other, and for
   *     other hyper-parameters than learning rates; the values are those of all seeds
   */
  public Consensus consensus() {
    Consensus minimum = by(SuggestionRule.MINIMUM_OVER_TEN);
    Consensus valley = by(SuggestionRule.VALLEY);
    List<Double> values =
        Stream.of(minimum, valley).flatMap(each -> each.values().stream()).toList();
    return new Consensus(suggestion(minimum.suggestion(), valley.suggestion()), values);
  }

  private Suggestion suggestion(Suggestion minimum, Suggestion valley) {
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
    List<Double> both = List.of(minimum.value().orElseThrow(), valley.value().orElseThrow());
    return Consensus.apart(both) > FAR
        ? new None(
            "%s and %s do not agree: they suggest %s"
                .formatted(
                    SuggestionRule.MINIMUM_OVER_TEN, SuggestionRule.VALLEY, Consensus.range(both)))
        : new Value(Consensus.geometricMean(both));
  }
}
