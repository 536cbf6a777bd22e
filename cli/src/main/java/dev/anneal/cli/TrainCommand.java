package dev.anneal.cli;

import dev.anneal.api.Messages;
import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.numeric.NumberFormats;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.core.matrix.MatrixProduct;
import dev.anneal.core.parallel.Workers;
import dev.anneal.experiments.Comparison;
import dev.anneal.experiments.Experiment;
import dev.anneal.experiments.Outcome;
import dev.anneal.experiments.PreparedRun;
import dev.anneal.experiments.RunFolder;
import dev.anneal.experiments.RunRecord;
import dev.anneal.experiments.Runner;
import dev.anneal.experiments.TrainingData;
import dev.anneal.nn.graph.Parameter;
import dev.anneal.nn.training.TrainingListener;
import dev.anneal.preview.HyperparameterPreview;
import dev.anneal.preview.Preview;
import dev.anneal.report.DiagnosisTable;
import dev.anneal.report.HtmlReport;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
      "  anneal train --data csv:wine.csv --model 13-32-3 --patience 10 --restore-best"
    })
final class TrainCommand implements Callable<Integer> {
  @ParentCommand Main main = new Main();

  @Option(
      names = "--optimizer",
      paramLabel = "SPEC",
      defaultValue = "sgd",
      description =
          "See `anneal plugins` (default: ${DEFAULT-VALUE}). More for parts of the network:"
              + " SPEC; PATTERN: frozen; PATTERN: lr=0.01.")
  String optimizer = "";

  @Option(
      names = "--schedule",
      paramLabel = "SPEC",
      description = "Of the learning rate; see `anneal plugins` (default: the optimizer's).")
  @Nullable String schedule;

  @Mixin RunOptions options = new RunOptions();

  @Option(names = "--name", paramLabel = "NAME", description = "What to call the run.")
  @Nullable String name;

  @Option(
      names = "--tag",
      paramLabel = "TAG",
      description = "A word to find the run by; as many as you like.")
  List<String> tags = List.of();

  @Mixin LintCheck lint = new LintCheck();

  @Option(names = "--json", description = "End with one line of JSON on standard output.")
  boolean json;

  @Spec CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    MatrixProduct.warmUp();
    Terminal terminal = Terminal.of(json);
    Catalogue catalogue = main.catalogue();
    int threads = options.threads();
    PreparedRun run = RunOptions.run(command, Map.of(), catalogue, Optional.empty());
    Experiment experiment = run.experiment();
    Preview preview = Previews.of(run);
    List<String> warnings = lint.of(List.of(preview));
    describe(terminal.human(), run, preview);
    warnings.forEach(terminal.human()::println);
    Path out = options.out("train");
    Outcome outcome;
    try (Workers workers = new Workers(threads);
        RunFolder folder = new RunFolder(out, experiment, threads);
        RunProgress progress =
            RunProgress.of(
                terminal, experiment.name(), experiment.epochs(), run.data().training().size())) {
      outcome = new Runner(workers).run(run, TrainingListener.all(folder, progress));
      folder.summarize(outcome);
    }
    terminal.human().println(end(outcome));
    if (experiment.diagnosed()) {
      RunRecord result = outcome.result();
      terminal.human().println();
      DiagnosisTable.render(result.diagnostics(), terminal.unicode())
          .forEach(terminal.human()::println);
      terminal.human().println();
      HtmlReport.write(
          Comparison.of(run, List.of(preview), List.of(result), threads, Invocation.of(command)),
          out.resolve(RunFolder.REPORT));
    }
    terminal.human().println("written to " + out);
    if (json) {
      terminal.machine().println(RunFolder.json(outcome));
    }
    return 0;
  }

  private static void describe(PrintStream out, PreparedRun run, Preview preview) {
    Experiment experiment = run.experiment();
    TrainingData data = run.data();
    out.println(
        "%s: %s samples train, %s validate"
            .formatted(
                data.set().name(),
                NumberFormats.count(data.training().size()),
                NumberFormats.count(data.validationSize())));
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

  private static String end(Outcome outcome) {
    StringBuilder text = new StringBuilder();
    if (outcome.result().diverged()) {
      text.append("diverged: the loss is no longer a number; a lower learning rate may help\n");
    }
    text.append(
        "loss %s  accuracy %s"
            .formatted(
                NumberFormats.four(outcome.result().kept().loss()),
                NumberFormats.four(outcome.result().kept().accuracy())));
    if (outcome.result().validated()) {
      text.append(
          "  val_loss %s  val_accuracy %s"
              .formatted(
                  NumberFormats.four(outcome.result().kept().valLoss()),
                  NumberFormats.four(outcome.result().kept().valAccuracy())));
    }
    outcome
        .test()
        .ifPresent(test ->
            text.append(
                "  test_loss %s  test_accuracy %s"
                    .formatted(
                        NumberFormats.four(test.loss()), NumberFormats.four(test.accuracy()))));
    return text.append(
            "  after %d epochs, %s s"
                .formatted(
                    outcome.result().epochs().size(),
                    NumberFormats.brief(outcome.result().seconds())))
        .toString();
  }
}
