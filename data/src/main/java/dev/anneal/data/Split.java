package dev.anneal.data;

import dev.anneal.api.InputException;
import dev.anneal.core.random.RandomStream;
import dev.anneal.core.sample.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Samples to train on and samples to validate on.
 *
 * @param train what the model learns from
 * @param validation what it is judged by, with as many features and classes
 */
public record Split(Samples train, Samples validation) {
  /** Of the streams of a seed, the one that is nobody else's. */
  private static final int STREAM = 100;

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
    return new Split(Slice.of(samples, 0, first), Slice.of(samples, first, size));
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
    int wanted = validationSplit(samples, fraction).validation().size();
    RandomStream random = new RandomStream(seed).child(STREAM);
    int classes = Math.max(1, samples.classes());
    List<int[]> drawn = new ArrayList<>();
    for (int label = 0; label < classes; label++) {
      int own = label;
      int[] rows =
          IntStream.range(0, samples.size())
              .filter(row -> samples.classes() == 0 || samples.label(row) == own)
              .toArray();
      int[] order = new int[rows.length];
      random.child(label).permute(0, order);
      drawn.add(Arrays.stream(order).map(place -> rows[place]).toArray());
    }
    int[] shares = shares(drawn, fraction, wanted);
    BitSet validating = new BitSet();
    for (int label = 0; label < classes; label++) {
      Arrays.stream(drawn.get(label), 0, shares[label]).forEach(validating::set);
    }
    return new Split(
        new Selection(
            samples,
            IntStream.range(0, samples.size()).filter(row -> !validating.get(row)).toArray()),
        new Selection(samples, validating.stream().toArray()));
  }

  /** Rounded down, and up for those that lose most by it, until there are as many as are wanted. */
  private static int[] shares(List<int[]> rows, double fraction, int wanted) {
    int[] shares = rows.stream().mapToInt(each -> (int) (each.length * fraction)).toArray();
    List<Integer> byLoss =
        IntStream.range(0, shares.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> shares[i] - rows.get(i).length * fraction))
            .toList();
    int missing = wanted - Arrays.stream(shares).sum();
    for (int i = 0; i < missing && i < byLoss.size(); i++) {
      int label = byLoss.get(i);
      shares[label] += shares[label] < rows.get(label).length ? 1 : 0;
    }
    return shares;
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
    int first = (int) Math.floor(size * (1 - fraction));
    if (!(fraction > 0 && fraction < 1) || first == 0 || first == size) {
      throw new InputException(
          "validation split %s of %d samples leaves no sample for one part; give a fraction between 0 and 1"
              .formatted(fraction, size));
    }
    return at(samples, first);
  }
}
