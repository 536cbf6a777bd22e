package dev.anneal.core.data;

/**
 * Labelled samples that a model trains on or is judged by. Every sample has {@link #features()}
 * numbers and one label. Implementations are immutable and may be read by several threads; they
 * keep their data as compactly as they like (images stay bytes) and widen it only in {@link
 * #gather}.
 */
public interface Samples {
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
   * The number of classes; labels are 0 to {@code classes() - 1}.
   *
   * @return at least 2
   */
  int classes();

  /**
   * Copies samples {@code order[from]} to {@code order[from + count - 1]} into a batch.
   *
   * @param order sample indices, each from 0 to {@code size() - 1}
   * @param from first position of {@code order} to read
   * @param count how many samples to copy
   * @param features receives {@code count} rows of {@code features()} numbers, row-major from index
   *     0
   * @param labels receives {@code count} labels from index 0
   */
  void gather(int[] order, int from, int count, float[] features, float[] labels);
}
