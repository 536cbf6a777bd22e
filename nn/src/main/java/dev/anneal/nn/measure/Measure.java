package dev.anneal.nn.measure;

/**
 * A number that says how good predictions are, of a whole set of samples and not sample by sample.
 * Training records it after each epoch as {@code val_} and its {@link #quantity}; schedules, early
 * stopping and the choice of the best epoch may go by it.
 */
public interface Measure {
  /**
   * What it is recorded as.
   *
   * @return lower case, words joined by underscores, such as {@code balanced_accuracy}; neither
   *     {@code loss} nor {@code accuracy}, which are always there
   */
  String quantity();

  /**
   * Which way is up.
   *
   * @return whether a higher value is a better one
   */
  boolean moreIsBetter();

  /**
   * Whether it can judge predictions of such labels.
   *
   * @param classes how many there are; 0 for real numbers
   * @return whether {@link #of} may be asked
   */
  boolean takes(int classes);

  /**
   * Measures.
   *
   * @param predictions all of a set of samples; read them, never keep them
   * @return the value; NaN where they do not define it
   */
  double of(Predictions predictions);
}
