package dev.anneal.cli;

import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.comparison.Comparison;
import dev.anneal.comparison.Contender;
import dev.anneal.comparison.Contest;
import dev.anneal.comparison.Verdict;
import dev.anneal.experiments.Experiment;
import dev.anneal.nn.file.AtomicFile;
import dev.anneal.preview.Preview;
import dev.anneal.report.HtmlReport;
import dev.anneal.report.SearchFiles;
import dev.anneal.report.TextReport;
import dev.anneal.search.Importance;
import dev.anneal.search.Journal;
import dev.anneal.search.Search;
import dev.anneal.search.SearchSummary;
import dev.anneal.search.TrialRun;
import dev.anneal.search.space.Dimension;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The stages of a search: from rung to rung, then the finals.
 *
 * @param job makes its trials
 * @param plan of its budget
 * @param dimensions what is open
 * @param catalogue knows the plugins
 * @param interruption ends it early
 */
record Stages(
    SearchJob job,
    Plan plan,
    List<Dimension> dimensions,
    Catalogue catalogue,
    Interruption interruption) {
  /**
   * Goes to the end.
   *
   * @return what it came to; nothing where it was interrupted
   */
  Optional<SearchSummary> run() throws IOException {
    if (!climb()) {
      return Optional.empty();
    }
    Search search = search();
    int finalists = plan.finalists(job);
    List<Integer> best = search.finalists(Math.max(1, finalists));
    SearchSummary alone =
        summary(Optional.empty(), search.candidates().experiment(best.getFirst()));
    if (finalists < 2 || best.size() < 2) {
      return Optional.of(written(alone));
    }
    written(alone);
    return finals(best.stream().map(search.candidates()::experiment).toList());
  }

  private Search search() {
    return job.search();
  }

  /** From rung to rung. */
  private boolean climb() {
    Search search = search();
    while (job.make(interruption)) {
      if (plan.grow(job)) {
        continue;
      }
      if (search.isLast()) {
        return true;
      }
      search.promote();
      job.folder()
          .keep(
              search.members(search.rung()).stream()
                  .map(trial -> new TrialRun(trial, search.rung()))
                  .toList());
    }
    return false;
  }

  /** The best few over fresh seeds. */
  private Optional<SearchSummary> finals(List<Experiment> finalists) throws IOException {
    Search search = search();
    Journal journal = job.journal();
    Terminal terminal = job.terminal();
    Contest contest =
        new Contest(
            finalists,
            plan.draws(),
            search.by(),
            OptionalDouble.empty(),
            experiment -> RunOptions.open(experiment, terminal));
    List<Preview> previews = contest.first().stream().map(Previews::of).toList();
    ComparisonFolder folder =
        ComparisonFolder.of(
            job.folder().folder(), previews.stream().map(Preview::label).toList(), contest.draws());
    Files.createDirectories(folder.runs());
    job.folder().keep(List.of());
    terminal
        .human()
        .println(
            "finals: %d trials over %d fresh %ss"
                .formatted(finalists.size(), contest.draws().all().size(), contest.draws().noun()));
    double before = journal.seconds();
    Optional<Verdict> verdict =
        new ContestJob(contest, folder, job.abreast(), true, terminal)
            .decide(
                catalogue,
                interruption,
                said -> {
                  written(summary(comparison(contest, said, previews), finalists));
                  if (contest.isDecided()) {
                    return false;
                  }
                  terminal
                      .human()
                      .print(TextReport.wrapped("so far: " + said.text(), terminal.unicode()));
                  return plan.hasTime(job, contest, journal.seconds() - before);
                });
    return verdict.map(said -> written(summary(comparison(contest, said, previews), finalists)));
  }

  private Comparison comparison(Contest contest, Verdict verdict, List<Preview> previews) {
    return Comparison.of(
        contest, verdict, previews, job.abreast().threads(), job.folder().commandLine());
  }

  /** What is recommended; where nothing is, the one with the best mean. */
  private SearchSummary summary(Comparison comparison, List<Experiment> finalists) {
    String best =
        comparison
            .verdict()
            .flatMap(Verdict::recommended)
            .orElseGet(() ->
                comparison.contenders().stream()
                    .min(Comparator.comparingDouble(Contender::mean))
                    .orElseThrow()
                    .name());
    return summary(
        Optional.of(comparison),
        finalists.stream().filter(each -> each.name().equals(best)).findFirst().orElseThrow());
  }

  private SearchSummary summary(Optional<Comparison> finals, Experiment best) {
    Search search = search();
    return new SearchSummary(
        dimensions,
        search,
        Importance.of(dimensions, search),
        finals,
        best,
        Optional.empty(),
        search.classes(),
        job.folder().commandLine(),
        job.journal().seconds());
  }

  private SearchSummary written(SearchSummary summary) {
    AtomicFile.write(job.folder().best(), summary.best().print());
    summary.finals().ifPresent(finals -> HtmlReport.write(finals, job.folder().finals()));
    SearchFiles.write(summary, job.folder().folder());
    return summary;
  }
}
