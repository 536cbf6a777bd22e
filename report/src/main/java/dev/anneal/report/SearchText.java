package dev.anneal.report;

import dev.anneal.search.SearchSummary;
import dev.anneal.search.TrialResult;
import java.util.Comparator;
import java.util.List;

/** A search as plain text for a terminal, in 100 columns. */
public final class SearchText {
  /** Trials that are shown; the page has all. */
  private static final int ROWS = 5;

  private SearchText() {}

  /**
   * Renders what a search came to.
   *
   * @param summary of the search
   * @param unicode whether the terminal shows more than ASCII
   * @return lines, each with its end
   */
  public static String of(SearchSummary summary, boolean unicode) {
    StringBuilder text = new StringBuilder();
    add(text, SearchWords.setting(summary) + ", " + SearchWords.time(summary), unicode);
    int rung = summary.search().rung();
    List<TrialResult> last =
        summary.search().results().stream()
            .filter(result -> result.run().rung() == rung && result.isTrained())
            .sorted(Comparator.comparingDouble(TrialResult::value))
            .limit(ROWS)
            .toList();
    for (TrialResult result : last) {
      add(
          text,
          "%-10s %-9s %s"
              .formatted(
                  result.run().name(),
                  SearchWords.value(summary, result),
                  summary.search().candidates().point(result.run().trial())),
          unicode);
    }
    SearchWords.importance(summary).ifPresent(words -> add(text, words, unicode));
    text.append('\n');
    summary
        .finals()
        .ifPresentOrElse(
            finals -> text.append(TextReport.render(finals, unicode)),
            () -> add(text, SearchWords.verdict(summary), unicode));
    text.append('\n');
    add(text, "best " + SearchWords.best(summary), unicode);
    SearchWords.model(summary).ifPresent(words -> add(text, words, unicode));
    SearchWords.cautions(summary).forEach(caution -> add(text, caution, unicode));
    return text.toString();
  }

  private static void add(StringBuilder text, String line, boolean unicode) {
    text.append(TextReport.wrapped(line, unicode));
  }
}
