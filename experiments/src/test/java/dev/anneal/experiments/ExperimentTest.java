package dev.anneal.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.InputException;
import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.core.sample.Samples;
import dev.anneal.nn.LayerChain;
import dev.anneal.nn.layer.Activation;
import dev.anneal.nn.layer.BatchNormalization;
import dev.anneal.nn.layer.Dense;
import dev.anneal.nn.layer.Dropout;
import dev.anneal.nn.layer.Residual;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExperimentTest {
  private static final Catalogue CATALOGUE = Catalogue.load();

  private static Experiment parse(String text) {
    return Experiment.parse("spec.yaml", text, CATALOGUE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data: ionosphere",
        "{data: 'csv:x', model: linear, init: zeros}",
        "{data: ionosphere, model: linear}",
        "{data: 'csv:a file.csv', model: 4-8-3, init: normal(0.1), activation: tanh, dropout: 0.3}",
        "{data: fashion-mnist-full, data-dir: some/where, epochs: 3, batch: 7, seed: -5}",
        "{data: 'csv:x', model: 'dense(64), relu, dropout(0.2), residual([dense(64), tanh])'}",
        "{data: 'csv:x', model: 'embedding(entries=9, columns=2), batch-normalization,"
            + " leaky-relu'}",
        "{data: 'csv:x', model: 'dense(8, kernel=normal(0.1)), dropout(linear(0.1) per epoch)'}",
        "{data: 'csv:x', dropout: 0.1, activation: gelu, init: he-uniform}",
        "{validation-data: 'csv:y', patience: 4, min-delta: 0.01, monitor: val_accuracy}",
        "{restore-best: true, monitor: loss, validation-split: 0}",
        "{name: 'é: a \"name\"', tag: [a, b]}",
        "{optimizer: {base: adam, groups: {'dense_1.*': 'frozen until 3ep'}}, schedule: 0.1}",
        "{optimizer: 'clip(sgd(cosine(0.1) per iteration), norm=1); \"dense_[1].kernel\": frozen"
            + " until 2ep'}"
      })
  void readsBackEqual(String text) {
    Experiment experiment = parse(text);
    assertEquals(experiment, parse(experiment.print()));
    assertEquals(experiment.print(), parse(experiment.print()).print());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "schedule: cosine(0.1) per iteration                | false",
        "schedule: plateau(0.1)                             | true",
        "schedule: plateau(0.1, monitor=loss)               | false",
        "schedule: scale(plateau(0.1), factor=2)                | true",
        "restore-best: true                                 | true",
        "{restore-best: true, monitor: loss}                | false",
        "patience: 3                                        | true",
        "{patience: 3, monitor: accuracy}                   | false",
        "optimizer: 'adam; dense_1: sgd(plateau(0.1))'      | true",
      })
  void someRunsDependOnSamplesThatValidate(String text, boolean expected) {
    Experiment experiment =
        parse("data: ionosphere\n" + (text.startsWith("{") ? inner(text) : text));
    PreparedRun run = PreparedRun.of(experiment, experiment.data().open(42, ReadingListener.NONE));
    assertEquals(expected, run.watchesValidation());
  }

  private static String inner(String braces) {
    return braces.substring(1, braces.length() - 1).replace(", ", "\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dropout: 0.3", "activation: tanh"})
  void whatIsOfHiddenLayersIsRefusedWhereThereAreNone(String text) {
    assertEquals(
        "--%s has no effect on a linear model: it has no hidden layer"
            .formatted(text.substring(0, text.indexOf(':'))),
        assertThrows(InputException.class, () -> parse("data: ionosphere\nmodel: linear\n" + text))
            .getMessage());
  }

  @Test
  void withoutValidationItsSamplesTrainAndTheSameTest() {
    Experiment judged =
        parse("{data: ionosphere, validation-split: 0.25, test-split: 0.2, split: stratified}");
    TrainingData parts = judged.data().open(judged.seed(), ReadingListener.NONE);
    Experiment all = judged.withoutValidation();
    TrainingData whole = all.data().open(all.seed(), ReadingListener.NONE);
    assertEquals(Optional.empty(), whole.validation());
    assertEquals(parts.training().size() + parts.validationSize(), whole.training().size());
    assertEquals(rows(parts.test().orElseThrow()), rows(whole.test().orElseThrow()));
    assertEquals(all, parse(all.print()));
    Experiment split = parse("{data: ionosphere, split: stratified, split-seed: 7}");
    assertEquals(Optional.empty(), split.withoutValidation().data().splitSeed());
  }

  private static List<List<Float>> rows(Samples samples) {
    return IntStream.range(0, samples.size())
        .mapToObj(i -> {
          float[] row = new float[samples.features()];
          samples.copy(i, row, 0);
          return IntStream.range(0, row.length).mapToObj(k -> row[k]).toList();
        })
        .toList();
  }

  @Test
  void layersReadAsTheyAreWritten() {
    assertEquals(
        new LayerChain(
            List.of(
                new Dense(64),
                Activation.RELU,
                new Dropout(0.2),
                new BatchNormalization(),
                Residual.of(new Dense(64), Activation.LEAKY_RELU))),
        parse(
                "model: dense(64), relu, dropout(0.2), batch-normalization,"
                    + " residual([dense(64), leaky-relu])")
            .model());
  }

  @Test
  void theOutputLayerIsAddedWhereItIsMissing() {
    assertEquals("dense_2", last("model: dense(8), relu", 2).name());
    assertEquals(List.of(1), last("model: dense(8), relu", 2).shape());
    assertEquals(List.of(5), last("model: dense(8), relu", 5).shape());
    assertEquals(last("model: dense(8), relu", 5), last("model: dense(8), relu, dense(5)", 5));
    assertEquals(
        last("model: dense(8), relu", 5), last("model: dense(8), relu, dense(5), softmax", 5));
    InputException wrong =
        assertThrows(InputException.class, () -> last("model: dense(8), relu, dense(4)", 5));
    assertTrue(String.valueOf(wrong.getMessage()).contains("dense(5)"), wrong.getMessage());
  }

  private static dev.anneal.nn.model.Model.LayerInfo last(String text, int classes) {
    return parse(text).model().model(4, classes).layerInfos().stream()
        .filter(layer -> layer.size() > 0)
        .reduce((_, next) -> next)
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "epoch: 3 | spec.yaml: \"epoch\" is no option of an experiment (did you mean \"epochs\"?)",
        "epochs: many | spec.yaml: \"epochs\" is a whole number, not \"many\"",
        "epochs: 0 | epochs must be at least 1, not 0",
        "version: 2 | spec.yaml: it has version 2 of the form, but this program reads 1",
        "model: 4-x | is no model",
        "model: dens(4) | no layer is named \"dens\"",
        "'{model: dense(4), dropout: 0.1}' | --dropout has no effect on a model of layers",
        "monitor: loss | --monitor has no effect without --patience or --restore-best",
        "min-delta: 0.1 | --min-delta has no effect",
        "'{restore-best: true, validation-split: 0}' | --monitor val_loss needs validation samples",
        "'{validation-split: 0.1, validation-data: x}' | not both",
        "model: java:mine | the model \"mine\" is built by Java code",
        "activation: dense(4) | spec.yaml: \"activation\" is an activation, such as relu, not"
            + " \"dense(4)\"",
        "null | it holds no options",
        "'[1, 2]' | it holds no options",
        "'a: [b' | spec.yaml",
        "'{epochs: 1, epochs: 2}' | spec.yaml"
      })
  void saysWhatIsWrong(String text, String message) {
    InputException error = assertThrows(InputException.class, () -> parse(text));
    assertTrue(
        String.valueOf(error.getMessage()).contains(message),
        () -> "%s does not say %s".formatted(error.getMessage(), message));
    assertEquals(1, String.valueOf(error.getMessage()).lines().count());
  }

  @Test
  void whatIsLeftOutIsAsUsualForTheData() {
    Experiment ionosphere = parse("data: ionosphere");
    assertEquals(50, ionosphere.epochs());
    assertEquals("34-34-1", ionosphere.model().print());
    assertEquals(Optional.empty(), ionosphere.best());
    assertEquals(100, parse("seed: 1").epochs());
  }
}
