package dev.anneal.report;

import dev.anneal.api.Messages;
import dev.anneal.api.numeric.NumberFormats;
import dev.anneal.comparison.Comparison;
import dev.anneal.comparison.Verdict;
import dev.anneal.search.Importance;
import dev.anneal.search.SearchSummary;
import dev.anneal.search.TrialResult;
import dev.anneal.search.space.Dimension;
import dev.anneal.search.space.SearchPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A search in words. */
final class SearchWords {
  /** A chosen value this near to an end of its axis may have a better one beyond. */
  private static final double EDGE = 0.05;

  private SearchWords() {}

  /** What may be said of the best; without finals, that nothing may. */
  static String verdict(SearchSummary summary) {
    return summary
        .finals()
        .flatMap(Comparison::verdict)
        .map(Verdict::text)
        .orElseGet(() ->
            "“%s” has the lowest %s, %s, in one run: this is a draw, not a comparison. There were no"
                    .formatted(
                        summary.best().name(),
                        summary.search().by().noun(),
                        summary.search().by().text(summary.taken().value()))
                + " finals, by --seeds 0 or for want of time; more of it lets the best few run"
                + " again.");
  }

  /** What was taken. */
  static String best(SearchSummary summary) {
    return "“%s”: %s".formatted(summary.best().name(), point(summary));
  }

  static SearchPoint point(SearchSummary summary) {
    return summary.search().candidates().point(trial(summary));
  }

  static int trial(SearchSummary summary) {
    return summary.taken().run().trial();
  }

  /** What the model is, and what it has on samples that nothing was chosen by. */
  static Optional<String> model(SearchSummary summary) {
    return summary
        .model()
        .map(left ->
            "The model was trained once more, with the samples that validate: on %s.%s"
                .formatted(
                    NumberFormats.count(left.samples()),
                    left.run().test().isEmpty()
                        ? ""
                        : " On the test samples it has "
                            + Messages.list(
                                left.run().test().entrySet().stream()
                                    .map(each ->
                                        each.getKey() + " " + NumberFormats.four(each.getValue()))
                                    .toList(),
                                "and")
                            + "."));
  }

  /** How many trials there were, and how far they came. */
  static String setting(SearchSummary summary) {
    List<String> rungs = new ArrayList<>();
    for (int rung = 0; rung <= summary.search().rung(); rung++) {
      rungs.add(
          "%d of %d epochs"
              .formatted(
                  summary.search().members(rung).size(),
                  summary.search().rungs().epochs().get(rung)));
    }
    long refused = refused(summary);
    return "%d trials of %s: %s%s"
        .formatted(
            summary.trials(),
            Messages.list(summary.dimensions().stream().map(Dimension::name).toList(), "and"),
            String.join(", ", rungs),
            refused == 0 ? "" : "; %d could not be trained".formatted(refused));
  }

  private static long refused(SearchSummary summary) {
    return summary.search().results().stream().filter(result -> !result.isTrained()).count();
  }

  /** Which values mattered; nothing where there were too few trials. */
  static Optional<String> importance(SearchSummary summary) {
    List<Importance> shown =
        summary.importance().stream().filter(each -> each.share() > 0).toList();
    if (summary.importance().isEmpty()) {
      return Optional.empty();
    }
    if (shown.isEmpty()) {
      return Optional.of(
          "No value shows an influence on the %d trials.".formatted(summary.trials()));
    }
    return Optional.of(
        "What mattered: "
            + shown.stream()
                .map(each ->
                    "%s %s (%s to %s)"
                        .formatted(
                            each.name(),
                            percent(each.share()),
                            percent(each.low()),
                            percent(each.high())))
                .collect(Collectors.joining(", "))
            + ".");
  }

  static String percent(double share) {
    return Math.round(100 * share) + "\u00a0%";
  }

  /** What the user might do next. */
  static List<String> cautions(SearchSummary summary) {
    List<String> cautions = new ArrayList<>();
    SearchPoint point = point(summary);
    if (summary.search().candidates().isBaseline(trial(summary))) {
      cautions.add("It has no hidden layer: no network that was tried does better.");
    }
    for (Dimension dimension : summary.dimensions()) {
      Double position = point.positions().get(dimension.name());
      if (position != null
          && dimension.range().count() == 0
          && (position < EDGE || position > 1 - EDGE)) {
        cautions.add(
            "%s is %s, at the %s end of its range: a better one may lie beyond."
                .formatted(
                    dimension.name(),
                    point.values().get(dimension.name()),
                    position < EDGE ? "lower" : "upper"));
      }
    }
    summary.search().results().stream()
        .filter(result -> !result.isTrained())
        .findFirst()
        .ifPresent(result ->
            cautions.add(
                "%d of %d trials could not be trained; “%s”: %s."
                    .formatted(
                        refused(summary),
                        summary.trials(),
                        result.run().name(),
                        result.refusal())));
    return cautions;
  }

  /** The number that trials are ranked by. */
  static String value(SearchSummary summary, TrialResult result) {
    return result.isTrained() ? summary.search().by().text(result.value()) : "–";
  }

  /** How long it took, for people. */
  static String time(SearchSummary summary) {
    return NumberFormats.brief(summary.seconds()) + " s";
  }
}
