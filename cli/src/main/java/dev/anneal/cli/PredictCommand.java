package dev.anneal.cli;

import dev.anneal.core.sample.Samples;
import dev.anneal.experiments.NewData;
import dev.anneal.experiments.TrainedModel;
import dev.anneal.nn.predict.Predictor;
import dev.anneal.report.PredictionTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code anneal predict}. */
@Command(
    name = "predict",
    description = "Predicts with a trained model: a row a sample.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "The data need no labels; those that are there are ignored. A table is prepared as the one",
      "was that the model was trained on; its columns are found by their names.",
      "",
      "Examples:",
      "  anneal train --data ionosphere --out mine",
      "  anneal predict mine --data ionosphere --csv > predictions.csv"
    })
final class PredictCommand implements Callable<Integer> {
  private static final int ROWS = 4096;

  @ParentCommand Main main = new Main();

  @Parameters(
      paramLabel = "RUN|MODEL",
      description = "The folder of a run, or its model.safetensors.")
  Path model = Path.of("");

  @Option(
      names = "--data",
      paramLabel = "NAME",
      required = true,
      description = "What to predict for: csv:FILE, ionosphere, fashion-mnist, fashion-mnist-full.")
  String data = "";

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "The folder of Fashion-MNIST's four IDX files.")
  @Nullable Path folder;

  @ArgGroup Format format = new Format();

  /** How to write it. */
  static final class Format {
    @Option(
        names = "--csv",
        description = "A heading, then a row a sample: prediction and p_CLASS (the default).")
    boolean csv;

    @Option(names = "--json", description = "A JSON object a sample, one a line.")
    boolean json;
  }

  @Mixin ReadingOptions reading = new ReadingOptions();

  @Spec CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    TrainedModel trained = TrainedModel.read(model, main.catalogue());
    Predictor predictor = trained.predictor();
    Terminal terminal = Terminal.of(true);
    NewData found =
        ReadingBar.show(
            terminal,
            listener ->
                trained.unlabelled(
                    data,
                    Optional.ofNullable(folder),
                    SpecFile.given(command, Map.of()),
                    listener));
    Samples samples = found.samples();
    found.notes().forEach(terminal.human()::println);
    PredictionTable table = new PredictionTable(trained.target(), format.json, terminal.machine());
    float[] rows = new float[Math.min(ROWS, samples.size()) * predictor.features()];
    float[] outputs = new float[Math.min(ROWS, samples.size()) * predictor.outputs()];
    for (int from = 0; from < samples.size(); from += ROWS) {
      int count = Math.min(ROWS, samples.size() - from);
      for (int row = 0; row < count; row++) {
        samples.copy(from + row, rows, row * predictor.features());
      }
      predictor.predict(rows, count, outputs);
      for (int row = 0; row < count; row++) {
        table.add(outputs, row * predictor.outputs());
      }
    }
    table.end();
    return 0;
  }
}
