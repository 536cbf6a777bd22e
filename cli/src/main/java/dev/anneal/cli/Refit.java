package dev.anneal.cli;

import dev.anneal.experiments.CheckpointPolicy;
import dev.anneal.experiments.Experiment;
import dev.anneal.experiments.Outcome;
import dev.anneal.experiments.PreparedRun;
import dev.anneal.nn.training.TrainingListener;
import dev.anneal.report.SearchFiles;
import dev.anneal.search.FinalModel;
import dev.anneal.search.SearchSummary;
import java.util.Optional;

/**
 * Trains what was chosen once more, on the samples that validated too: nothing is left to choose by
 * them.
 *
 * @param folder of the search
 * @param threads how many compute
 * @param terminal where to show how it gets on
 * @param interruption ends it early
 */
record Refit(SearchFolder folder, int threads, Terminal terminal, Interruption interruption) {
  /** A run that was killed loses so many seconds at most. */
  private static final CheckpointPolicy POLICY =
      new CheckpointPolicy(30, CheckpointPolicy.Unit.SECONDS, 2);

  /**
   * Trains, or goes on with it, and adds it to the files of the search.
   *
   * @param summary of the search
   * @return with the model; without, where the run depends on validation samples of its own, or
   *     went astray; nothing where it was interrupted
   */
  Optional<SearchSummary> add(SearchSummary summary) {
    Experiment best = summary.best();
    if (!best.data().splitting().validates()
        || summary.search().whole(summary.taken().run().trial()).watchesValidation()) {
      terminal
          .human()
          .println(
              "the model is that of one seed: it depends on validation samples, which cannot train"
                  + " it as well");
      return Optional.of(summary);
    }
    Experiment all = best.withoutValidation();
    PreparedRun run = PreparedRun.of(all, RunOptions.open(all, terminal));
    Optional<Outcome> outcome = train(run);
    if (outcome.isEmpty()) {
      return Optional.empty();
    }
    if (outcome.get().result().diverged()) {
      terminal
          .human()
          .println("warning: trained once more, on the validation samples too, it diverged");
      return Optional.of(summary);
    }
    SearchSummary with =
        summary.withModel(new FinalModel(outcome.get().result(), run.data().training().size()));
    SearchFiles.write(with, folder.folder());
    return Optional.of(with);
  }

  private Optional<Outcome> train(PreparedRun run) {
    TrainingJob job = new TrainingJob(run, folder.model(), POLICY, threads, false, true);
    try (RunProgress progress = RunProgress.of(terminal, run)) {
      TrainingListener listener = terminal.live() ? progress : TrainingListener.NONE;
      return ComparisonFolder.has(folder.model(), run)
          ? job.goOn(listener, interruption, terminal.human()::println)
          : job.start(listener, interruption);
    }
  }
}
