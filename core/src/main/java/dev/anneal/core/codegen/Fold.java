package dev.anneal.core.codegen;

/**
 * A sum or a maximum of numbers that lie side by side, with the bits of {@link
 * dev.anneal.core.kernel.Reductions} at every width. It holds no state.
 */
@FunctionalInterface
public interface Fold {
  /** Numbers that working memory must have room for. */
  int LANES = 16;

  /**
   * Folds.
   *
   * @param array holds the numbers
   * @param offset index of the first
   * @param n how many; at least 1 for a maximum
   * @param lanes working memory of the calling thread, {@value #LANES} numbers
   * @return their sum, or the largest
   */
  float of(float[] array, int offset, int n, float[] lanes);
}
