package dev.anneal.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ReductionsProperties {
  /** Word for word what the documentation defines. */
  @Property
  void sumIsSixteenPartialSumsHalved(
      @ForAll @IntRange(max = 200) int n, @ForAll @IntRange(max = 5) int offset, @ForAll Random r) {
    float[] array = numbers(r, offset + n + 5);
    float[] partial = new float[16];
    for (int i = 0; i < n; i++) {
      partial[i % 16] += array[offset + i];
    }
    for (int half = 8; half >= 1; half /= 2) {
      for (int i = 0; i < half; i++) {
        partial[i] += partial[i + half];
      }
    }
    assertEquals(partial[0], Reductions.sum(array, offset, n));
  }

  @Property
  void maxIsTheLargest(
      @ForAll @IntRange(min = 1, max = 200) int n,
      @ForAll @IntRange(max = 5) int offset,
      @ForAll Random r) {
    float[] array = numbers(r, offset + n + 5);
    float largest = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      largest = array[offset + i] > largest ? array[offset + i] : largest;
    }
    assertEquals(largest, Reductions.max(array, offset, n));
    array[offset + r.nextInt(n)] = Float.NaN;
    assertEquals(Float.NaN, Reductions.max(array, offset, n));
  }

  @Example
  void specialCases() {
    assertEquals(0f, Reductions.sum(new float[4], 2, 0));
    float[] all = {-0f, 0f, Float.NEGATIVE_INFINITY, 5, Float.POSITIVE_INFINITY};
    assertEquals(-0f, Reductions.max(all, 0, 1));
    assertEquals(0f, Reductions.max(all, 0, 2));
    assertEquals(Float.NEGATIVE_INFINITY, Reductions.max(all, 2, 1));
    assertEquals(Float.POSITIVE_INFINITY, Reductions.sum(all, 3, 2));
    assertEquals(Float.NaN, Reductions.sum(all, 2, 3));
    assertThrows(IndexOutOfBoundsException.class, () -> Reductions.sum(all, 0, 6));
  }

  /** Of very different sizes, so that another order of adding shows. */
  private static float[] numbers(Random random, int n) {
    float[] numbers = new float[n];
    for (int i = 0; i < n; i++) {
      numbers[i] = (float) (random.nextGaussian() * Math.exp(20 * random.nextDouble()));
    }
    return numbers;
  }
}
