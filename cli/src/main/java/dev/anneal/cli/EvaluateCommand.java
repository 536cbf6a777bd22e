package dev.anneal.cli;

import dev.anneal.api.numeric.NumberFormats;
import dev.anneal.core.sample.Samples;
import dev.anneal.experiments.ModelScores;
import dev.anneal.experiments.NewData;
import dev.anneal.experiments.TrainedModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code anneal evaluate}. */
@Command(
    name = "evaluate",
    description =
        "Measures a trained model: loss, accuracy and which classes it takes for which; or errors.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  anneal train --data ionosphere --out mine",
      "  anneal evaluate mine --data ionosphere"
    })
final class EvaluateCommand implements Callable<Integer> {
  @ParentCommand Main main = new Main();

  @Parameters(
      paramLabel = "RUN|MODEL",
      description = "The folder of a run, or its model.safetensors.")
  Path model = Path.of("");

  @Option(
      names = "--data",
      paramLabel = "NAME",
      required = true,
      description =
          "What to measure it on, with labels: csv:FILE, ionosphere, fashion-mnist,"
              + " fashion-mnist-full (its test images).")
  String data = "";

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "The folder of Fashion-MNIST's four IDX files.")
  @Nullable Path folder;

  @Option(names = "--json", description = "End with one line of JSON on standard output.")
  boolean json;

  @Mixin ReadingOptions reading = new ReadingOptions();

  @Spec CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    TrainedModel trained = TrainedModel.read(model, main.catalogue());
    Terminal terminal = Terminal.of(json);
    NewData found =
        ReadingBar.show(
            terminal,
            listener ->
                trained.labelled(
                    data,
                    Optional.ofNullable(folder),
                    SpecFile.given(command, Map.of()),
                    listener));
    Samples samples = found.samples();
    ModelScores measured = ModelScores.of(trained, samples);
    found.notes().forEach(Terminal.of(true).human()::println);
    terminal
        .human()
        .println(
            measured.values().entrySet().stream()
                .map(each -> each.getKey() + " " + NumberFormats.four(each.getValue()))
                .collect(
                    Collectors.joining(
                        "  ", NumberFormats.count(samples.size()) + " samples: ", "")));
    measured.confusion().ifPresent(matrix -> matrix.table().forEach(terminal.human()::println));
    if (json) {
      terminal.machine().println(measured.json());
    }
    return 0;
  }
}
