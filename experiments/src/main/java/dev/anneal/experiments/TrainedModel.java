package dev.anneal.experiments;

import dev.anneal.api.InputException;
import dev.anneal.api.Messages;
import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.core.sample.Samples;
import dev.anneal.data.DataSet;
import dev.anneal.data.prepare.Pipeline;
import dev.anneal.data.prepare.Target;
import dev.anneal.data.table.Table;
import dev.anneal.data.table.TableOptions;
import dev.anneal.nn.predict.ModelFile;
import dev.anneal.nn.predict.Predictor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * A model that was trained, and what makes samples for it.
 *
 * @param predictor the model
 * @param pipeline prepares tables as those were that it was trained on; nothing where it was not
 *     trained on tables
 * @param experiment the options of the run that trained it
 */
public record TrainedModel(Predictor predictor, Optional<Pipeline> pipeline, SpecYaml experiment) {
  /**
   * Reads a model.
   *
   * @param path its file, or the folder of the run that left it
   * @param catalogue knows the layers
   * @return the model
   * @throws InputException if there is none, or it cannot be read
   */
  public static TrainedModel read(Path path, Catalogue catalogue) {
    Path file = Files.isDirectory(path) ? path.resolve(ModelFile.NAME) : path;
    if (Files.isDirectory(path) && !Files.exists(file)) {
      throw new InputException(
          "%s has no %s: the run is not finished; go on with: anneal resume %s"
              .formatted(path, ModelFile.NAME, path));
    }
    ModelFile content = ModelFile.read(file);
    Optional<Pipeline> pipeline =
        Optional.of(content.preparation())
            .filter(text -> !text.isEmpty())
            .map(text -> Pipeline.parse(file.toString(), text));
    SpecYaml experiment =
        content.experiment().isEmpty()
            ? new SpecYaml(file.toString(), new LinkedHashMap<>())
            : SpecYaml.parse(file.toString(), content.experiment());
    return new TrainedModel(Predictor.of(content, catalogue), pipeline, experiment);
  }

  /**
   * What it predicts.
   *
   * @return the target
   */
  public Target target() {
    return pipeline
        .map(Pipeline::target)
        .orElseGet(() -> new Target.Classes("class", predictor.classNames()));
  }

  /**
   * Opens data to predict for.
   *
   * @param data their name, as {@link DataSource} has it
   * @param folder where the files of Fashion-MNIST are
   * @param reading options of how a table is written; those of the run hold where there are none
   * @param listener is told how far it is
   * @return a sample a row
   * @throws InputException if they cannot be read, or the model takes others
   */
  public NewData unlabelled(
      String data, Optional<Path> folder, SpecYaml reading, ReadingListener listener) {
    return TableFile.is(data)
        ? ofTable(data, reading, listener, (own, table) -> own.unlabelled(table))
        : new NewData(ofSet(data, folder, false), List.of());
  }

  /**
   * Opens data to measure the model on.
   *
   * @param data their name, as {@link DataSource} has it
   * @param folder where the files of Fashion-MNIST are
   * @param reading options of how a table is written; those of the run hold where there are none
   * @param listener is told how far it is
   * @return labelled samples; of a data set that has test samples of its own, these
   * @throws InputException if they cannot be read, have no labels, or the model takes others
   */
  public NewData labelled(
      String data, Optional<Path> folder, SpecYaml reading, ReadingListener listener) {
    return TableFile.is(data)
        ? ofTable(data, reading, listener, TableFile::labelled)
        : new NewData(ofSet(data, folder, true), List.of());
  }

  /** Makes samples of a table. */
  @FunctionalInterface
  private interface Preparing {
    Samples apply(Pipeline pipeline, Table table);
  }

  private NewData ofTable(
      String data, SpecYaml reading, ReadingListener listener, Preparing preparing) {
    TableOptions given = ReadingText.parse(ReadingText.or(reading, experiment));
    return pipeline.isPresent()
        ? TableFile.read(
            data, given, pipeline.get(), listener, table -> of(pipeline.get(), table, preparing))
        : TableFile.read(
            data,
            given,
            listener,
            table ->
                of(
                    Pipeline.plain(table, predictor.features(), predictor.classNames()),
                    table,
                    preparing));
  }

  private static NewData of(Pipeline pipeline, Table table, Preparing preparing) {
    return NewData.of(pipeline, table, preparing.apply(pipeline, table));
  }

  private Samples ofSet(String name, Optional<Path> folder, boolean labelled) {
    if (pipeline.isPresent()) {
      throw new InputException(
          "the model takes tables with the columns %s; give csv:FILE"
              .formatted(Messages.list(List.copyOf(pipeline.get().widths().keySet()))));
    }
    DataSet set = TableFile.openSet(name, folder);
    Samples samples = set.test().orElse(set.samples());
    if (samples.features() != predictor.features()) {
      throw new InputException(
          "the model takes %d numbers a sample, but %s has %d"
              .formatted(predictor.features(), name, samples.features()));
    }
    if (labelled && !set.classNames().equals(predictor.classNames())) {
      throw new InputException(
          "the classes of the model are %s, those of %s %s"
              .formatted(
                  Messages.list(predictor.classNames()), name, Messages.list(set.classNames())));
    }
    return samples;
  }
}
