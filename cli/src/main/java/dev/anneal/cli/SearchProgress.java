package dev.anneal.cli;

import dev.anneal.experiments.PreparedRun;
import dev.anneal.nn.training.TrainingListener;
import dev.anneal.search.Search;
import dev.anneal.search.TrialResult;
import dev.anneal.search.TrialRun;
import java.util.List;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;

/** Shows how a rung of trials gets on: one bar on a terminal, else a line for the rung. */
final class SearchProgress implements AutoCloseable {
  private final Search search;
  private final int runs;
  private final Optional<ProgressBar> bar;
  private int ended;
  private double best = Double.POSITIVE_INFINITY;

  private SearchProgress(Search search, int runs, Optional<ProgressBar> bar) {
    this.search = search;
    this.runs = runs;
    this.bar = bar;
  }

  static SearchProgress of(Terminal terminal, Search search, List<TrialRun> runs) {
    int rung = search.rung();
    int epochs = search.rungs().epochs().get(rung);
    int rungs = search.rungs().epochs().size();
    if (!terminal.live()) {
      terminal
          .human()
          .println(
              "rung %d of %d: %d trials, %d epochs each"
                  .formatted(rung + 1, rungs, search.members(rung).size(), epochs));
      return new SearchProgress(search, runs.size(), Optional.empty());
    }
    return new SearchProgress(
        search,
        runs.size(),
        Optional.of(
            terminal
                .bar("rung %d/%d".formatted(rung + 1, rungs), (long) runs.size() * epochs)
                .build()));
  }

  /** Looks on at one of the runs. */
  TrainingListener of(PreparedRun run) {
    int epochs = run.experiment().epochs();
    return new TrainingListener() {
      private int before;

      @Override
      public void batch(Live live) {
        int now = Math.min(epochs, live.epoch()) - 1;
        if (now > before) {
          bar.ifPresent(shown -> shown.stepBy(now - (long) before));
          before = now;
        }
      }
    };
  }

  /** One of the runs has ended. */
  synchronized void ended(TrialResult result) {
    ended++;
    best = Math.min(best, result.value());
    bar.ifPresent(shown ->
        shown.setExtraMessage(
            " %d of %d trials, best %s".formatted(ended, runs, search.by().text(best))));
  }

  @Override
  public void close() {
    bar.ifPresent(shown -> {
      shown.stepTo(shown.getMax());
      shown.close();
    });
  }
}
