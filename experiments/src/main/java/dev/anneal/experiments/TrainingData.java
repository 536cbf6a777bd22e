package dev.anneal.experiments;

import dev.anneal.api.InputException;
import dev.anneal.core.sample.Samples;
import dev.anneal.data.DataSet;
import dev.anneal.data.DataSets;
import dev.anneal.data.Split;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What runs train on and are judged by.
 *
 * @param set where it comes from
 * @param training the samples to train on
 * @param validation the samples to measure after each epoch, if any
 */
public record TrainingData(DataSet set, Samples training, Optional<Samples> validation) {
  /**
   * Sets the last part of the samples aside for validation, as Keras does.
   *
   * @param set the data
   * @param validationSplit the part to set aside, in [0, 1); 0 for no validation
   * @return the data
   */
  public static TrainingData split(DataSet set, double validationSplit) {
    if (validationSplit == 0) {
      return new TrainingData(set, set.samples(), Optional.empty());
    }
    Split split = Split.validationSplit(set.samples(), validationSplit);
    return new TrainingData(set, split.train(), Optional.of(split.validation()));
  }

  /**
   * Sets a part of the samples aside for validation.
   *
   * @param set the data
   * @param validationSplit the part to set aside, in [0, 1); 0 for no validation
   * @param order which
   * @param seed decides what is drawn
   * @return the data
   */
  public static TrainingData split(
      DataSet set, double validationSplit, SplitOrder order, long seed) {
    if (validationSplit == 0 || order == SplitOrder.ORDERED) {
      return split(set, validationSplit);
    }
    Split split = Split.stratified(set.samples(), validationSplit, seed);
    return new TrainingData(set, split.train(), Optional.of(split.validation()));
  }

  /**
   * Validates on a data set of its own.
   *
   * @param set the data to train on
   * @param name the data to validate on, as {@link DataSets#open(String)} reads it
   * @return the data
   */
  public static TrainingData validatedOn(DataSet set, String name) {
    DataSet other = DataSets.open(name, Optional.<Path>empty());
    if (!other.classNames().equals(set.classNames())) {
      throw new InputException(
          "%s has the classes %s, but the validation data %s has %s"
              .formatted(set.name(), set.classNames(), name, other.classNames()));
    }
    return new TrainingData(set, set.samples(), Optional.of(other.samples()));
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
