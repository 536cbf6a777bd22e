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
    int end = offset + n;
    return (quarter(array, offset, end) + quarter(array, offset + 2, end))
        + (quarter(array, offset + 1, end) + quarter(array, offset + 3, end));
  }

  /** Every fourth of the partial sums, added up. */
  private static float quarter(float[] array, int from, int end) {
    float s0 = 0;
    float s4 = 0;
    float s8 = 0;
    float s12 = 0;
    int i = from;
    for (; i + 12 < end; i += LANES) {
      s0 += array[i];
      s4 += array[i + 4];
      s8 += array[i + 8];
      s12 += array[i + 12];
    }
    s0 += i < end ? array[i] : 0;
    s4 += i + 4 < end ? array[i + 4] : 0;
    s8 += i + 8 < end ? array[i + 8] : 0;
    return (s0 + s8) + (s4 + s12);
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
    float even = array[offset];
    float odd = array[offset + n - 1];
    for (int i = 1; i < n; i += 2) { // two at a time hide part of the latency
      odd = Math.max(odd, array[offset + i]);
      even = Math.max(even, array[offset + i - 1]);
    }
    return Math.max(even, odd);
  }
}
