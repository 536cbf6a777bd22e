package dev.anneal.cli;

import dev.anneal.api.Messages;
import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.experiments.Experiment;
import dev.anneal.experiments.Outcome;
import dev.anneal.experiments.PreparedRun;
import dev.anneal.experiments.TrainingData;
import dev.anneal.nn.graph.Parameter;
import dev.anneal.preview.HyperparameterPreview;
import dev.anneal.preview.Preview;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code anneal train}. */
@Command(
    name = "train",
    description = "Trains a network and keeps a record of it.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  anneal train --data ionosphere --optimizer \"sgd(momentum=0.8)\" \\",
      "      --schedule \"time-based(initial=0.1, decay=0.002) per iteration\"",
      "  anneal train --optimizer adam --epochs 10 --json",
      "  anneal train --optimizer \"adam; dense_1: frozen until 3ep; dense_3: lr=0.01\"",
      "  anneal train --data csv:wine.csv --target class --model 32-32 --patience 10 --restore-best"
    })
final class TrainCommand implements Callable<Integer> {
  @ParentCommand Main main = new Main();

  @Mixin DescriptionOptions description = new DescriptionOptions();

  @Mixin RunOptions options = new RunOptions();

  @Mixin CheckpointOptions policy = new CheckpointOptions();

  @Mixin LintCheck lint = new LintCheck();

  @Option(names = "--json", description = "End with one line of JSON on standard output.")
  boolean json;

  @Spec CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    Terminal terminal = Terminal.of(json);
    Catalogue catalogue = main.catalogue();
    int threads = options.threads();
    PreparedRun run = RunOptions.run(command, catalogue, terminal);
    Preview preview = Previews.of(run);
    List<String> warnings = lint.of(List.of(preview), run);
    describe(terminal.human(), run, preview);
    warnings.forEach(terminal.human()::println);
    Path out = options.out("train");
    TrainingJob job = new TrainingJob(run, out, policy.read(), threads, lint.strict, true);
    terminal.sayWhatComputes(threads);
    Optional<Outcome> outcome;
    try (RunProgress progress = RunProgress.of(terminal, run);
        Interruption interruption = new Interruption()) {
      outcome = job.start(progress, interruption);
    }
    if (outcome.isEmpty()) {
      return TrainingEnd.stopped(terminal, out);
    }
    return new TrainingEnd(run, out, threads, terminal, Invocation.of(command))
        .tell(outcome.get(), preview);
  }

  private static void describe(PrintStream out, PreparedRun run, Preview preview) {
    Experiment experiment = run.experiment();
    TrainingData data = run.data();
    DataWords.of(data).forEach(out::println);
    out.println(run.model().summary());
    out.println("optimizer      " + experiment.groups().print());
    if (!experiment.groups().groups().isEmpty()) {
      experiment
          .groups()
          .assign(run.model())
          .forEach((group, parameters) ->
              out.println(
                  "%-14s %s"
                      .formatted(
                          group.name(),
                          Messages.list(parameters.stream().map(Parameter::name).toList()))));
    }
    preview.hyperparameters().stream()
        .filter(HyperparameterPreview::isRate)
        .forEach(rate -> {
          String name = rate.name().equals(Optimizer.LEARNING_RATE) ? "learning rate" : rate.name();
          out.println("%-14s %s".formatted(name, Previews.summary(rate)));
        });
  }
}
