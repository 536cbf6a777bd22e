package dev.anneal.core.codegen;

/**
 * Numbers that lie side by side become one. Sums and maxima have the bits of {@link
 * dev.anneal.core.kernel.Reductions} at every width. A reducer holds no state.
 */
@FunctionalInterface
public interface Reducer {
  /** Numbers that working memory must have room for. */
  int LANES = 16;

  /**
   * Reduces.
   *
   * @param array holds the numbers
   * @param offset index of the first
   * @param n how many; at least 1 for a maximum
   * @param lanes working memory of the calling thread, {@value #LANES} numbers
   * @return such as their sum
   */
  float of(float[] array, int offset, int n, float[] lanes);
}
