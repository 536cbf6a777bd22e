package dev.anneal.report;

import static java.util.Map.entry;
import static java.util.stream.Collectors.joining;

import dev.anneal.search.SearchSummary;
import dev.anneal.search.TrialResult;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.IntStream;

/** A search as one HTML page that needs nothing else, not even JavaScript. */
final class SearchPage {
  private SearchPage() {}

  /**
   * Renders the page.
   *
   * @param summary of the search
   * @return a complete HTML document
   */
  static String render(SearchSummary summary) {
    return Template.of("search.html")
        .fill(
            Map.ofEntries(
                entry("title", "Search on " + summary.best().data().name()),
                entry("setting", SearchWords.setting(summary)),
                entry("time", SearchWords.time(summary)),
                entry("verdict", SearchWords.verdict(summary)),
                entry("best", SearchWords.best(summary)),
                entry("model", SearchWords.model(summary).orElse("")),
                entry("cautions", String.join(" ", SearchWords.cautions(summary))),
                entry("finals", summary.finals().map(SeedPicture::of).orElse("")),
                entry("coordinates", SearchPicture.coordinates(summary)),
                entry("stops", SearchPicture.stops(summary)),
                entry("importance", importance(summary)),
                entry("by", summary.search().by().noun()),
                entry("rows", rows(summary)),
                entry("spec", summary.best().print().strip()),
                entry("command", summary.command()),
                entry("style", Template.resource("report.css"))));
  }

  private static String importance(SearchSummary summary) {
    return summary.importance().isEmpty()
        ? ""
        : Template.of("importance.html").fill(Map.of("picture", SearchPicture.importance(summary)));
  }

  /** Those that came furthest first. */
  private static String rows(SearchSummary summary) {
    Template row = Template.of("search-row.html");
    return IntStream.range(0, summary.trials())
        .mapToObj(summary.search()::latest)
        .sorted(
            Comparator.comparingInt((TrialResult result) -> -result.run().rung())
                .thenComparingDouble(TrialResult::value))
        .map(result ->
            row.fill(
                Map.of(
                    "name", result.run().name(),
                    "values", summary.search().candidates().point(result.run().trial()).toString(),
                    "epochs",
                        Integer.toString(
                            summary.search().rungs().epochs().get(result.run().rung())),
                    "value", SearchWords.value(summary, result))))
        .collect(joining());
  }
}
