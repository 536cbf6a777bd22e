package dev.anneal.cli;

import dev.anneal.api.InputException;
import dev.anneal.experiments.CheckpointPolicy;
import dev.anneal.experiments.Outcome;
import dev.anneal.experiments.PreparedRun;
import dev.anneal.nn.training.TrainingListener;
import dev.anneal.search.Journal;
import dev.anneal.search.Search;
import dev.anneal.search.TrialResult;
import dev.anneal.search.TrialRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Makes the runs of a search, several at a time, and keeps its journal.
 *
 * @param search what to run
 * @param folder where
 * @param journal of what was done
 * @param abreast how runs share the processors
 * @param terminal where to show how it gets on
 */
record SearchJob(
    Search search, SearchFolder folder, Journal journal, Abreast abreast, Terminal terminal) {
  /** A trial that was killed loses so many seconds at most. */
  private static final CheckpointPolicy POLICY =
      new CheckpointPolicy(30, CheckpointPolicy.Unit.SECONDS, 2);

  /**
   * Makes the runs that the present rung needs.
   *
   * @param interruption ends them early
   * @return false where it was interrupted
   */
  boolean make(Interruption interruption) {
    List<TrialRun> runs = search.next();
    if (runs.isEmpty()) {
      return true;
    }
    List<Future<Boolean>> made = new ArrayList<>();
    boolean all = true;
    try (SearchProgress progress = SearchProgress.of(terminal, search, runs);
        ExecutorService lanes = Executors.newFixedThreadPool(abreast.runs())) {
      for (TrialRun run : runs) {
        made.add(lanes.submit(() -> one(run, progress, interruption)));
      }
      for (Future<Boolean> each : made) {
        all &= ended(each);
      }
    }
    return all;
  }

  private boolean one(TrialRun run, SearchProgress progress, Interruption interruption) {
    if (interruption.hasCome()) {
      return false;
    }
    PreparedRun prepared;
    try {
      prepared = search.prepared(run);
    } catch (InputException e) {
      record(search.refuse(run, String.valueOf(e.getMessage())), progress);
      return true;
    }
    TrainingJob job =
        new TrainingJob(prepared, folder.trial(run), POLICY, abreast.threads(), false, false);
    TrainingListener listener = progress.of(prepared);
    Optional<Outcome> outcome =
        isBegun(run, prepared)
            ? job.goOn(listener, interruption, terminal.human()::println)
            : job.start(listener, interruption);
    outcome.ifPresent(found -> record(search.record(run, found.result()), progress));
    return outcome.isPresent();
  }

  /** Killed on this rung, or on the one before with the same schedules. */
  private boolean isBegun(TrialRun run, PreparedRun prepared) {
    return folder.has(run, prepared)
        || (search.goesOn(run)
            && folder.has(run, search.prepared(new TrialRun(run.trial(), run.rung() - 1))));
  }

  private void record(TrialResult result, SearchProgress progress) {
    journal.add(result);
    progress.ended(result);
  }

  /** The first failure is that of the search. */
  private static boolean ended(Future<Boolean> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
