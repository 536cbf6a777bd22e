package dev.anneal.core.kernel;

/**
 * Reductions in an order that is part of their definition, so that no width of vectors and no
 * number of threads changes a bit.
 */
public final class Reductions {
  /** Partial sums: as many as the widest vector has lanes. */
  private static final int LANES = 16;

  private Reductions() {}

  /**
   * The sum. Element i is added, in ascending order, to partial sum {@code i mod 16}; then the
   * upper half of the partial sums is added to the lower half, until one is left.
   *
   * @param array holds the numbers
   * @param offset index of the first
   * @param n how many
   * @return their sum; 0 for none
   */
  public static float sum(float[] array, int offset, int n) {
    return halves(array, offset, offset + n, 1);
  }

  /**
   * The partial sum that is left of those starting at {@code from} when {@code lanes} are left of
   * 16.
   */
  private static float halves(float[] array, int from, int end, int lanes) {
    if (lanes == LANES) {
      float sum = 0;
      for (int i = from; i < end; i += LANES) {
        sum += array[i];
      }
      return sum;
    }
    return halves(array, from, end, 2 * lanes) + halves(array, from + lanes, end, 2 * lanes);
  }

  /**
   * The largest number.
   *
   * @param array holds the numbers
   * @param offset index of the first
   * @param n how many, at least 1
   * @return the largest; NaN if there is one
   */
  public static float max(float[] array, int offset, int n) {
    float max = array[offset];
    for (int i = 1; i < n; i++) {
      max = Math.max(max, array[offset + i]);
    }
    return max;
  }
}
