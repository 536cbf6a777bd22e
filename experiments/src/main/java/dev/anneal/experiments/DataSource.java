package dev.anneal.experiments;

import dev.anneal.api.InputException;
import dev.anneal.data.SplitOrder;
import dev.anneal.data.Splitting;
import dev.anneal.data.finding.DataFinding;
import dev.anneal.data.finding.TableFindings;
import dev.anneal.data.prepare.Parts;
import dev.anneal.data.prepare.Preparation;
import dev.anneal.data.table.Table;
import dev.anneal.data.table.TableOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where the samples of a run are from.
 *
 * @param name of data: one that {@link dev.anneal.data.DataSets#open(String)} knows, or that of a
 *     {@link TableFile}
 * @param folder of the files of Fashion-MNIST, where they are not those at hand
 * @param reading what is known of the file of a table; nothing else takes that
 * @param preparation how a table becomes samples; nothing else takes one
 * @param splitting which samples validate and test
 * @param splitSeed decides which are drawn; the seed of the run where there is none
 * @param validationData what validates instead
 */
public record DataSource(
    String name,
    Optional<Path> folder,
    TableOptions reading,
    Preparation preparation,
    Splitting splitting,
    Optional<Long> splitSeed,
    Optional<String> validationData) {
  /** Checks that one thing validates. */
  public DataSource {
    if (splitting.validates() && validationData.isPresent()) {
      throw new InputException("give --validation-split or --fold, or --validation-data, not both");
    }
    if (splitSeed.isPresent() && !splitting.draws()) {
      throw new InputException(
          "--split-seed has no effect where no samples are drawn; add --split stratified");
    }
  }

  /**
   * Reads the samples.
   *
   * @param seed of the run
   * @param listener is told how far it is
   * @return those that train, validate and test
   * @throws InputException if they cannot be read, or do not fit what is asked of them
   */
  public TrainingData open(long seed, ReadingListener listener) {
    if (TableFile.is(name)) {
      return validated(
          TableFile.read(name, reading, listener, table -> prepare(table, seed)), listener);
    }
    if (splitting.group().isPresent()) {
      throw new InputException("--group names a column of a table; %s is none".formatted(name));
    }
    return validated(
        TrainingData.of(TableFile.openSet(name, folder), splitting, splitSeed.orElse(seed)),
        listener);
  }

  /** The same samples, whatever the seed of the run: those that this one would draw. */
  DataSource drawnWith(long seed) {
    return splitting.draws() && splitSeed.isEmpty()
        ? new DataSource(
            name, folder, reading, preparation, splitting, Optional.of(seed), validationData)
        : this;
  }

  /**
   * The same with other parts.
   *
   * @param other which samples validate and test
   * @return a copy
   */
  public DataSource with(Splitting other) {
    return new DataSource(name, folder, reading, preparation, other, splitSeed, validationData);
  }

  /** The same where the samples that would validate train too. */
  DataSource withoutValidation() {
    Splitting other = splitting.withoutValidation();
    return new DataSource(
        name,
        folder,
        reading,
        preparation,
        other,
        splitSeed.filter(_ -> other.draws()),
        validationData);
  }

  private TrainingData validated(TrainingData data, ReadingListener listener) {
    return validationData.map(other -> data.validatedOn(other, reading, listener)).orElse(data);
  }

  /**
   * Makes samples of its table.
   *
   * @param table that was read already
   * @param seed of the run
   * @return those that train, validate and test
   * @throws InputException if they do not fit what is asked of them
   */
  public TrainingData prepare(Table table, long seed) {
    Stream.of(reading.texts(), reading.numbers())
        .flatMap(Set::stream)
        .sorted()
        .forEach(table::column);
    List<DataFinding> findings = TableFindings.of(table, preparation, reading.texts());
    findings.stream()
        .filter(finding -> finding.rule().equals(TableFindings.STRAY_TEXT))
        .findFirst()
        .ifPresent(finding -> {
          throw new InputException(finding.sentence());
        });
    return TrainingData.of(
        name,
        "the file " + TableFile.path(name),
        table,
        Parts.of(table, preparation, splitting, splitSeed.orElse(seed)),
        findings.stream().filter(this::matters).toList());
  }

  /** Rows that are drawn may lie in any order. */
  private boolean matters(DataFinding finding) {
    return splitting.order() == SplitOrder.ORDERED
        || !finding.rule().equals(TableFindings.SORTED_ROWS);
  }
}
