package dev.anneal.experiments;

import dev.anneal.api.InputException;
import dev.anneal.core.sample.Samples;
import dev.anneal.data.DataSet;
import dev.anneal.data.RowParts;
import dev.anneal.data.Selection;
import dev.anneal.data.SplitOrder;
import dev.anneal.data.Splitting;
import dev.anneal.data.finding.DataFinding;
import dev.anneal.data.prepare.Parts;
import dev.anneal.data.prepare.Pipeline;
import dev.anneal.data.prepare.Target;
import dev.anneal.data.table.Table;
import dev.anneal.data.table.TableOptions;
import dev.anneal.nn.measure.ClassMeasure;
import dev.anneal.nn.measure.Measure;
import dev.anneal.nn.measure.NumberMeasure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What runs train on and are judged by.
 *
 * @param name of the data, as {@link DataSource} has it
 * @param source authors and licence, or the file, in one line
 * @param target what there is to predict
 * @param training the samples to train on
 * @param validation the samples to measure after each epoch, if any
 * @param test the samples to measure once at the end, if any
 * @param pipeline how a table became these samples, where it did
 * @param findings what in the table may lead a training astray
 * @param notes what was found in the table and is done about it, in lines
 */
public record TrainingData(
    String name,
    String source,
    Target target,
    Samples training,
    Optional<Samples> validation,
    Optional<Samples> test,
    Optional<Pipeline> pipeline,
    List<DataFinding> findings,
    List<String> notes) {
  /** Copies the lists. */
  public TrainingData {
    findings = List.copyOf(findings);
    notes = List.copyOf(notes);
  }

  /**
   * Sets the last part of the samples aside for validation, as Keras does.
   *
   * @param set the data
   * @param validationSplit the part to set aside, in [0, 1); 0 for no validation
   * @return the data
   */
  public static TrainingData split(DataSet set, double validationSplit) {
    return of(
        set,
        new Splitting(validationSplit, 0, SplitOrder.ORDERED, Optional.empty(), Optional.empty()),
        0);
  }

  /**
   * Splits samples.
   *
   * @param set the data
   * @param splitting what is set aside
   * @param seed decides what is drawn
   * @return the data; the test samples are the authors' own where none are set aside
   */
  public static TrainingData of(DataSet set, Splitting splitting, long seed) {
    Samples samples = set.samples();
    int[] all = IntStream.range(0, samples.size()).toArray();
    RowParts rows =
        splitting.deal(
            all, some -> Arrays.stream(some).map(samples::label).toArray(), some -> some, seed);
    return new TrainingData(
        set.name(),
        set.source(),
        new Target.Classes("class", set.classNames()),
        part(samples, rows.training()).orElseThrow(),
        part(samples, rows.validation()),
        part(samples, rows.test()).or(set::test),
        Optional.empty(),
        List.of(),
        List.of());
  }

  private static Optional<Samples> part(Samples samples, int[] rows) {
    if (rows.length == samples.size()) {
      return Optional.of(samples);
    }
    return rows.length == 0 ? Optional.empty() : Optional.of(Selection.of(samples, rows));
  }

  /** The parts of a table. */
  static TrainingData of(
      String name, String source, Table table, Parts parts, List<DataFinding> findings) {
    return new TrainingData(
        name,
        source,
        parts.pipeline().target(),
        parts.training(),
        parts.validation(),
        parts.test(),
        Optional.of(parts.pipeline()),
        findings,
        TableNotes.of(table, parts));
  }

  /**
   * The same, validated on data of its own.
   *
   * @param other their name, as {@link DataSource} has it; of a table with the columns of the first
   * @param reading what is known of the file of a table
   * @param listener is told how far its reading is
   * @return the data
   * @throws InputException if they cannot be read, or have other columns or classes
   */
  TrainingData validatedOn(String other, TableOptions reading, ReadingListener listener) {
    NewData found =
        pipeline
            .map(own -> ofTable(other, reading, own, listener))
            .orElseGet(() -> new NewData(ofSet(other), List.of()));
    List<String> all = new ArrayList<>(notes);
    found.notes().forEach(note -> all.add(other + ": " + note));
    return new TrainingData(
        name,
        source,
        target,
        training,
        Optional.of(found.samples()),
        test,
        pipeline,
        findings,
        all);
  }

  private static NewData ofTable(
      String other, TableOptions reading, Pipeline pipeline, ReadingListener listener) {
    if (!TableFile.is(other)) {
      throw new InputException(
          "%s is no table, as the data are that the model is trained on; give csv:FILE"
              .formatted(other));
    }
    return TableFile.read(
        other,
        reading,
        pipeline,
        listener,
        table -> NewData.of(pipeline, table, TableFile.labelled(pipeline, table)));
  }

  private Samples ofSet(String other) {
    DataSet set = TableFile.openSet(other, Optional.empty());
    if (!set.classNames().equals(target.names())) {
      throw new InputException(
          "%s has the classes %s, but the validation data %s has %s"
              .formatted(name, target.names(), other, set.classNames()));
    }
    return set.samples();
  }

  /**
   * What is measured on the validation samples beside loss and accuracy.
   *
   * @return the usual measures of the task, errors in the unit of the target; none where the data
   *     are no table
   */
  public List<Measure> measures() {
    if (pipeline.isEmpty()) {
      return List.of();
    }
    return switch (target) {
      case Target.Classes _ ->
          List.of(ClassMeasure.BALANCED_ACCURACY, ClassMeasure.F1, ClassMeasure.AUC);
      case Target.Quantity(_, _, double deviation) ->
          List.of(NumberMeasure.rmse(deviation), NumberMeasure.mae(deviation), NumberMeasure.r2());
    };
  }

  /**
   * The names of the classes.
   *
   * @return in the order of the labels; none where labels are quantities
   */
  public List<String> classNames() {
    return target.names();
  }

  /**
   * All samples.
   *
   * @return those that train, and those that validate and test, if any do
   */
  public List<Samples> parts() {
    return Stream.of(Optional.of(training), validation, test).flatMap(Optional::stream).toList();
  }

  /**
   * Updates in an epoch.
   *
   * @param batch samples for an update
   * @return at least 1, the ragged last one included
   */
  public int iterationsPerEpoch(int batch) {
    return Math.ceilDiv(training.size(), batch);
  }

  /**
   * How many samples validate.
   *
   * @return 0 for no validation
   */
  public int validationSize() {
    return validation.map(Samples::size).orElse(0);
  }
}
