package dev.anneal.cli;

import dev.anneal.api.InputException;
import dev.anneal.core.parallel.Workers;
import dev.anneal.experiments.ActiveRun;
import dev.anneal.experiments.CheckpointPolicy;
import dev.anneal.experiments.Outcome;
import dev.anneal.experiments.PreparedRun;
import dev.anneal.experiments.RunFolder;
import dev.anneal.nn.training.TrainingListener;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Carries a run out in its folder, from the start or from where it was stopped.
 *
 * @param run what to do
 * @param out the folder
 * @param policy when its state is saved
 * @param threads how many compute
 * @param strict whether an alarm ends it
 * @param tested whether it is measured on the test samples at the end
 */
record TrainingJob(
    PreparedRun run,
    Path out,
    CheckpointPolicy policy,
    int threads,
    boolean strict,
    boolean tested) {

  /**
   * From the start.
   *
   * @param listener looks on
   * @param interruption ends it early
   * @return how it ended; nothing where it was interrupted
   */
  Optional<Outcome> start(TrainingListener listener, Interruption interruption) {
    try (Workers workers = new Workers(threads);
        RunFolder folder = RunFolder.begin(out, run, policy, threads)) {
      ActiveRun active = new ActiveRun(run, workers, TrainingListener.all(folder, listener));
      folder.track(active);
      return carryOut(active, folder, interruption);
    }
  }

  /**
   * From where it was stopped; a finished one ends as it did.
   *
   * @param listener looks on
   * @param interruption ends it early
   * @param warnings is told of checkpoints that are damaged, and of plugins that have changed
   * @return how it ended; nothing where it was interrupted
   */
  Optional<Outcome> goOn(
      TrainingListener listener, Interruption interruption, Consumer<String> warnings) {
    try (Workers workers = new Workers(threads)) {
      ActiveRun[] active = new ActiveRun[1];
      try (RunFolder folder =
          RunFolder.resume(
              out,
              run,
              policy,
              threads,
              warning -> warnings.accept("warning: " + warning),
              begun -> {
                active[0] = new ActiveRun(run, workers, TrainingListener.all(begun, listener));
                return active[0];
              })) {
        return carryOut(active[0], folder, interruption);
      }
    }
  }

  private Optional<Outcome> carryOut(
      ActiveRun active, RunFolder folder, Interruption interruption) {
    interruption.watch(active);
    try {
      while (active.step()) {
        if (strict && !active.alarms().isEmpty()) {
          active.stop();
        }
      }
      folder.checkpoint(active);
      if (active.isStopped()) {
        if (strict && !active.alarms().isEmpty()) {
          throw new InputException(
              "%s; stopped, with a checkpoint: anneal resume %s"
                  .formatted(active.alarms().getFirst().sentence(), out));
        }
        return Optional.empty();
      }
      Outcome outcome = tested ? active.finish() : active.finishUntested();
      folder.summarize(outcome);
      return Optional.of(outcome);
    } finally {
      interruption.forget(active);
    }
  }
}
