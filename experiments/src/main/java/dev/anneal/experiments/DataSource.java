package dev.anneal.experiments;

import dev.anneal.api.InputException;
import dev.anneal.data.DataSet;
import dev.anneal.data.DataSets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the samples of a run are from.
 *
 * @param name as {@link DataSets#open} reads it
 * @param folder of the files of Fashion-MNIST, where they are not those at hand
 * @param validationSplit the part of the samples that validates, in [0, 1); 0 for none
 * @param order which part that is
 * @param validationData what validates instead
 */
public record DataSource(
    String name,
    Optional<Path> folder,
    double validationSplit,
    SplitOrder order,
    Optional<String> validationData) {
  /** Checks that one thing validates. */
  public DataSource {
    if (validationSplit != 0 && validationData.isPresent()) {
      throw new InputException("give --validation-split or --validation-data, not both");
    }
  }

  /**
   * Reads the samples.
   *
   * @param seed decides which are drawn, where they are
   * @return those that train and those that validate
   * @throws InputException if they cannot be read
   */
  public TrainingData open(long seed) {
    DataSet set = DataSets.open(name, folder);
    return validationData
        .map(other -> TrainingData.validatedOn(set, other))
        .orElseGet(() -> TrainingData.split(set, validationSplit, order, seed));
  }
}
