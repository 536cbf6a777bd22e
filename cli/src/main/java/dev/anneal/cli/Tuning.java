package dev.anneal.cli;

import dev.anneal.api.InputException;
import dev.anneal.api.Messages;
import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.comparison.Criterion;
import dev.anneal.experiments.Experiment;
import dev.anneal.experiments.PreparedRun;
import dev.anneal.nn.file.AtomicFile;
import dev.anneal.report.SearchFiles;
import dev.anneal.report.SearchJson;
import dev.anneal.report.SearchText;
import dev.anneal.search.Candidates;
import dev.anneal.search.Journal;
import dev.anneal.search.Rungs;
import dev.anneal.search.Search;
import dev.anneal.search.SearchSummary;
import dev.anneal.search.space.Dimension;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;

/**
 * A search from its first trial to its verdict.
 *
 * @param candidates what is tried
 * @param dimensions what is open
 * @param options what it may cost
 * @param introduction says what there is to say of the data beforehand, of one of the trials
 * @param seed of the search
 * @param finish how it ends
 * @param threads how many compute
 * @param catalogue knows the plugins
 * @param terminal where to show how it gets on
 */
record Tuning(
    Candidates candidates,
    List<Dimension> dimensions,
    SearchOptions options,
    Consumer<PreparedRun> introduction,
    long seed,
    Finish finish,
    int threads,
    Catalogue catalogue,
    Terminal terminal) {
  /** Of fewer rows which of them validate moves the result more than the seed does. */
  private static final int FEW_ROWS = 2000;

  /** Values may contradict each other; if so many do, the first says why. */
  private static final int ATTEMPTS = 9;

  /**
   * Goes to the end, or on to it.
   *
   * @param folder where
   * @param begun when the command began, by {@link System#nanoTime}
   * @param command with the options, which are written down where it begins
   * @param found options that were found, and are written down too
   * @return what it came to; nothing where it was interrupted
   */
  Optional<SearchSummary> run(
      SearchFolder folder, long begun, CommandSpec command, Map<String, String> found)
      throws IOException {
    PreparedRun any = any();
    if (any.data().validation().isEmpty()) {
      throw new InputException(
          "trials are ranked by what is measured on validation samples; give --validation-split");
    }
    introduction.accept(any);
    Rungs rungs =
        Rungs.of(
            any.experiment().epochs(), any.data().iterationsPerEpoch(any.experiment().batch()));
    Plan plan = new Plan(options.budget(), rungs, options.seeds, seed, finish(any));
    Criterion criterion = options.criterion();
    Abreast abreast = Abreast.of(any, plan.trials(), threads);
    terminal.human().println(abreast.sentence());
    terminal
        .human()
        .println(
            "%-14s %s"
                .formatted(
                    "open", Messages.list(dimensions.stream().map(Dimension::name).toList())));
    try (Journal journal = Journal.open(folder.folder(), begun);
        Interruption interruption = new Interruption()) {
      if (!SearchFolder.is(folder.folder())) {
        AtomicFile.write(folder.command(), Invocation.of(command) + "\n");
        SpecFile.write(command, found, folder.options());
      }
      terminal.sayWhatComputes(threads);
      Search search =
          new Search(
              candidates,
              rungs,
              plan.trials(journal),
              criterion,
              experiment -> RunOptions.open(experiment, terminal));
      journal.results().forEach(search::record);
      SearchJob job = new SearchJob(search, folder, journal, abreast, terminal);
      Optional<SearchSummary> summary =
          new Stages(job, plan, dimensions, catalogue, interruption).run();
      return finish.model()
          ? summary.flatMap(new Refit(folder, threads, terminal, interruption)::add)
          : summary;
    }
  }

  /** Of many rows one part tells as much as folds do. */
  private Finish finish(PreparedRun any) {
    int rows = any.data().training().size() + any.data().validationSize();
    return new Finish(finish.folds() && rows < FEW_ROWS, finish.model());
  }

  /** The first that can be trained: they share their data and their length. */
  private PreparedRun any() {
    InputException first = null;
    for (int trial = 0; trial < ATTEMPTS; trial++) {
      try {
        Experiment experiment = candidates.experiment(trial);
        return PreparedRun.of(experiment, RunOptions.open(experiment, terminal));
      } catch (InputException e) {
        first = first == null ? e : first;
      }
    }
    throw first == null ? new IllegalStateException("nothing was tried") : first;
  }

  /** Tells how a search ended. */
  static int end(Optional<SearchSummary> summary, Path out, Terminal terminal, boolean json) {
    if (summary.isEmpty()) {
      return TrainingEnd.stopped(terminal, out);
    }
    terminal.human().println();
    terminal.human().print(SearchText.of(summary.get(), terminal.unicode()));
    terminal.human().println();
    terminal.human().println("report: " + out.resolve(SearchFiles.PAGE));
    if (json) {
      terminal.machine().println(SearchJson.line(summary.get()));
    }
    return summary.get().isDiverged() ? TrainingEnd.DIVERGED : 0;
  }
}
