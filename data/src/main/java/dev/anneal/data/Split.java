package dev.anneal.data;

import dev.anneal.api.InputException;
import dev.anneal.core.sample.Samples;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Samples to train on and samples to validate on.
 *
 * @param train what the model learns from
 * @param validation what it is judged by, with as many features and classes
 */
public record Split(Samples train, Samples validation) {
  /**
   * Checks that the parts fit one model.
   *
   * @throws InputException if features or classes differ
   */
  public Split {
    if (train.features() != validation.features()
        || train.classes() != validation.classes()
        || train.targets() != validation.targets()) {
      throw new InputException(
          "training data (%d features, %s) and validation data (%d features, %s) differ"
              .formatted(
                  train.features(), labels(train), validation.features(), labels(validation)));
    }
  }

  private static String labels(Samples samples) {
    return samples.classes() > 0
        ? samples.classes() + " classes"
        : samples.targets() + " numbers a label";
  }

  /**
   * Trains on the first samples and validates on the rest.
   *
   * @param samples what to split
   * @param first how many samples train, 1 to {@code samples.size() - 1}
   * @return two slices, neither shuffled nor copied
   * @throws InputException if a part would be empty
   */
  public static Split at(Samples samples, int first) {
    int size = samples.size();
    if (first < 1 || first >= size) {
      throw new InputException(
          "%d training samples of %d leave no sample for one part; give 1 to %d"
              .formatted(first, size, size - 1));
    }
    return new Split(Selection.range(samples, 0, first), Selection.range(samples, first, size));
  }

  /**
   * Validates on a part in which each class has its share, its rows drawn at random: of n samples
   * of a class, {@code n * fraction} rounded up or down, so that as many validate as with {@link
   * #validationSplit}. Both parts keep the order of the samples.
   *
   * @param samples what to split; where labels are numbers, any rows are drawn
   * @param fraction the part that validates, above 0 and below 1
   * @param seed decides which
   * @return two views; nothing is copied
   * @throws InputException if the fraction is out of range or leaves a part empty
   */
  public static Split stratified(Samples samples, double fraction, long seed) {
    RowParts parts =
        Splitting.stratified(checked(samples.size(), fraction))
            .deal(
                IntStream.range(0, samples.size()).toArray(),
                rows ->
                    samples.classes() == 0
                        ? new int[rows.length]
                        : Arrays.stream(rows).map(samples::label).toArray(),
                rows -> rows,
                seed);
    return new Split(
        new Selection(samples, parts.training()), new Selection(samples, parts.validation()));
  }

  private static double checked(int size, double fraction) {
    if (!(fraction > 0 && fraction < 1) || Math.floor(size * (1 - fraction)) % size == 0) {
      throw new InputException(
          "validation split %s of %d samples leaves no sample for one part; give a fraction between 0 and 1"
              .formatted(fraction, size));
    }
    return fraction;
  }

  /**
   * Validates on the last part, as Keras does: the first {@code floor(size * (1 - fraction))}
   * samples train.
   *
   * @param samples what to split
   * @param fraction the part that validates, above 0 and below 1
   * @return two slices, neither shuffled nor copied
   * @throws InputException if the fraction is out of range or leaves a part empty
   */
  public static Split validationSplit(Samples samples, double fraction) {
    int size = samples.size();
    return at(samples, size - Dealing.share(size, checked(size, fraction)));
  }
}
