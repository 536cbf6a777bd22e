package dev.anneal.cli;

import dev.anneal.api.InputException;
import dev.anneal.core.parallel.Workers;
import dev.anneal.experiments.ActiveRun;
import dev.anneal.experiments.CheckpointPolicy;
import dev.anneal.experiments.Experiment;
import dev.anneal.experiments.Outcome;
import dev.anneal.experiments.PreparedRun;
import dev.anneal.experiments.RunFolder;
import dev.anneal.nn.training.TrainingListener;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Carries a run out in its folder, from the start or from where it was stopped. A signal ends it
 * after its step, with a checkpoint.
 *
 * @param run what to do
 * @param out the folder
 * @param policy when its state is saved
 * @param threads how many compute
 * @param terminal where to show how it gets on
 * @param strict whether an alarm ends it
 */
record TrainingJob(
    PreparedRun run,
    Path out,
    CheckpointPolicy policy,
    int threads,
    Terminal terminal,
    boolean strict) {

  /**
   * From the start.
   *
   * @return how it ended; nothing where a signal did it
   */
  Optional<Outcome> start() {
    terminal.sayWhatComputes(threads);
    try (Workers workers = new Workers(threads);
        RunFolder folder = RunFolder.begin(out, run, policy, threads);
        RunProgress progress = progress()) {
      ActiveRun active = new ActiveRun(run, workers, TrainingListener.all(folder, progress));
      folder.track(active);
      return carryOut(active, folder);
    }
  }

  /**
   * From where it was stopped.
   *
   * @return how it ended; nothing where a signal did it
   */
  Optional<Outcome> goOn() {
    terminal.sayWhatComputes(threads);
    try (Workers workers = new Workers(threads);
        RunProgress progress = progress()) {
      ActiveRun[] active = new ActiveRun[1];
      try (RunFolder folder =
          RunFolder.resume(
              out,
              run,
              policy,
              threads,
              damage -> terminal.human().println("warning: " + damage),
              begun -> {
                active[0] = new ActiveRun(run, workers, TrainingListener.all(begun, progress));
                return active[0];
              })) {
        return carryOut(active[0], folder);
      }
    }
  }

  private RunProgress progress() {
    Experiment experiment = run.experiment();
    return RunProgress.of(
        terminal, experiment.name(), experiment.epochs(), run.data().training().size());
  }

  private Optional<Outcome> carryOut(ActiveRun active, RunFolder folder) {
    try (Interruption _ = Interruption.of(active::stop)) {
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
      Outcome outcome = active.finish();
      folder.summarize(outcome);
      return Optional.of(outcome);
    }
  }
}
