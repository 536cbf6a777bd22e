package dev.anneal.cli;

import dev.anneal.api.InputException;
import dev.anneal.experiments.Experiment;
import dev.anneal.experiments.Outcome;
import dev.anneal.experiments.PreparedRun;
import dev.anneal.experiments.RunStore;
import dev.anneal.experiments.StoredRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code anneal resume}. */
@Command(
    name = "resume",
    description =
        "Goes on with a run, a comparison or a search that was stopped or killed, or with a run for"
            + " more epochs.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "The result has the same bits as that of a run that was never stopped.",
      "",
      "Examples:",
      "  anneal train --data ionosphere --out mine",
      "  anneal resume mine --epochs 80"
    })
final class ResumeCommand implements Callable<Integer> {
  @ParentCommand Main main = new Main();

  @Parameters(
      paramLabel = "RUN",
      description = "The folder of the run, the comparison or the search.")
  Path folder = Path.of("");

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "Another number of epochs in all (default: as the run was begun).")
  @Nullable Integer epochs;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Changes the speed, not the result (default: the processors).")
  @Nullable Integer threads;

  @Mixin CheckpointOptions policy = new CheckpointOptions();

  @Option(names = "--json", description = "End with one line of JSON on standard output.")
  boolean json;

  @Spec CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    if (SearchFolder.is(folder)) {
      refuseEpochs("search");
      return ChooseCommand.began(folder)
          ? ChooseCommand.goOn(main, folder, threads, json)
          : TuneCommand.goOn(main, folder, threads, json);
    }
    if (ComparisonFolder.is(folder)) {
      refuseEpochs("comparison");
      return CompareCommand.goOn(main, folder, threads, json);
    }
    Terminal terminal = Terminal.of(json);
    Experiment recorded =
        Experiment.parse(
            folder.resolve("spec.yaml").toString(), RunStore.description(folder), main.catalogue());
    StoredRun stored = RunStore.open(folder);
    Experiment experiment = epochs == null ? recorded : recorded.withEpochs(epochs);
    if (experiment.epochs() < stored.done()) {
      throw new InputException(
          "%s has %d epochs already; give --epochs more than that"
              .formatted(folder, stored.done()));
    }
    if (stored.status() == StoredRun.Status.FINISHED && experiment.epochs() <= recorded.epochs()) {
      throw new InputException(
          "%s is finished, after %d epochs; to train on, give --epochs"
              .formatted(folder, stored.done()));
    }
    PreparedRun run = PreparedRun.of(experiment, RunOptions.open(experiment, terminal));
    terminal
        .human()
        .println(
            "%s: %d of %d epochs are recorded"
                .formatted(folder, stored.done(), experiment.epochs()));
    int number = RunOptions.threads(threads);
    TrainingJob job = new TrainingJob(run, folder, policy.read(), number, false, true);
    terminal.sayWhatComputes(number);
    Optional<Outcome> outcome;
    try (RunProgress progress = RunProgress.of(terminal, run);
        Interruption interruption = new Interruption()) {
      outcome = job.goOn(progress, interruption, terminal.human()::println);
    }
    if (outcome.isEmpty()) {
      return TrainingEnd.stopped(terminal, folder);
    }
    return new TrainingEnd(run, folder, number, terminal, Invocation.of(command))
        .tell(outcome.get(), Previews.of(run));
  }

  private void refuseEpochs(String kind) {
    if (epochs != null) {
      throw new InputException(
          "%s is a %s: it goes on for the epochs that it was begun with; leave out --epochs"
              .formatted(folder, kind));
    }
  }
}
