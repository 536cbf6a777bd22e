package dev.anneal.core.sample;

import java.util.List;

/**
 * Labelled samples that a model trains on or is judged by. Every sample has {@link #features()}
 * numbers and a label: the number of its class, or one or more real numbers. Implementations are
 * immutable and are read by several threads at once; they keep their data as compactly as they like
 * (images stay bytes) and widen it only in {@link #copy}.
 */
public interface Samples {
  /**
   * What an epoch of training goes through, where samples are augmented: a function of the epoch,
   * so that a run that is resumed sees the same. It is asked at the start of each epoch, and of
   * those that are gone through once more; validation and prediction do not ask.
   *
   * @param epoch counted from 0
   * @return as many samples of the same form, in the same order and with labels of the same kind;
   *     this where all epochs are alike
   */
  default Samples epoch(int epoch) {
    return this;
  }

  /**
   * The number of samples.
   *
   * @return at least 1
   */
  int size();

  /**
   * The number of features of a sample.
   *
   * @return at least 1
   */
  int features();

  /**
   * How the numbers of a sample belong together.
   *
   * @return extents whose product is {@link #features}: of an image its rows, columns and channels
   */
  default List<Integer> shape() {
    return List.of(features());
  }

  /**
   * The number of classes; labels are 0 to {@code classes() - 1}.
   *
   * @return at least 2; 0 if labels are real numbers
   */
  int classes();

  /**
   * How many numbers the label of a sample has.
   *
   * @return 1, or more where labels are real numbers
   */
  default int targets() {
    return 1;
  }

  /**
   * Copies the features of a sample.
   *
   * @param sample its position, from 0 to {@code size() - 1}
   * @param to receives {@code features()} numbers
   * @param at index of the first
   */
  void copy(int sample, float[] to, int at);

  /**
   * The class of a sample.
   *
   * @param sample its position, from 0 to {@code size() - 1}
   * @return its class
   * @throws UnsupportedOperationException if labels are real numbers
   */
  int label(int sample);

  /**
   * Copies the label of a sample.
   *
   * @param sample its position, from 0 to {@code size() - 1}
   * @param to receives {@code targets()} numbers
   * @param at index of the first
   */
  default void target(int sample, float[] to, int at) {
    to[at] = label(sample);
  }

  /**
   * Whether some samples count more than others.
   *
   * @return whether {@link #weight} is to be asked
   */
  default boolean weighted() {
    return false;
  }

  /**
   * How much a sample counts: what its loss is multiplied by.
   *
   * @param sample its position, from 0 to {@code size() - 1}
   * @return a finite number, at least 0; 1 where samples are not weighted
   */
  default float weight(int sample) {
    return 1;
  }

  /**
   * Copies samples {@code order[from]} to {@code order[from + count - 1]}.
   *
   * @param order sample indices, each from 0 to {@code size() - 1}
   * @param from first position of {@code order} to read
   * @param count how many samples to copy
   * @param features receives {@code count} rows of {@code features()} numbers, without gaps
   * @param labels receives {@code count} labels of {@code targets()} numbers, without gaps
   */
  default void gather(int[] order, int from, int count, float[] features, float[] labels) {
    for (int row = 0; row < count; row++) {
      copy(order[from + row], features, row * features());
      target(order[from + row], labels, row * targets());
    }
  }
}
