package dev.anneal.core.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.anneal.core.kernel.Reductions;
import dev.anneal.core.kernel.Width;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** {@link Reductions} is the specification, and has tests of its own. */
class ReducerProperties {
  @Property
  void everyWidthHasTheBitsOfTheReference(
      @ForAll @IntRange(min = 1, max = 300) int n,
      @ForAll @IntRange(max = 20) int offset,
      @ForAll Random random) {
    float[] numbers = new float[offset + n + 20];
    for (int i = 0; i < numbers.length; i++) { // of very different sizes, so that the order shows
      numbers[i] = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(8)));
    }
    if (random.nextInt(4) == 0) {
      float[] special = {Float.NaN, -0f, 0f, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY};
      numbers[random.nextInt(numbers.length)] = special[random.nextInt(special.length)];
    }
    for (Width width : Width.values()) {
      assertSame(
          Reductions.sum(numbers, offset, n), ReducerCompiler.sum(width), numbers, offset, n);
      assertSame(
          Reductions.max(numbers, offset, n), ReducerCompiler.max(width), numbers, offset, n);
    }
  }

  private static void assertSame(float expected, Reducer fold, float[] numbers, int offset, int n) {
    float[] used = new float[Reducer.LANES];
    for (int i = 0; i < 2; i++) { // what is left from before must not matter
      assertEquals(
          Float.floatToIntBits(expected), Float.floatToIntBits(fold.of(numbers, offset, n, used)));
    }
  }

  @Example
  void thoseOfZeroesAndOfNothing() {
    float[] zeroes = new float[200];
    zeroes[199] = -0f;
    float[] lanes = new float[Reducer.LANES];
    for (Width width : Width.values()) {
      assertEquals(0f, ReducerCompiler.sum(width).of(zeroes, 0, 0, lanes));
      assertEquals(0f, ReducerCompiler.sum(width).of(zeroes, 0, 200, lanes));
      assertEquals(0f, ReducerCompiler.max(width).of(zeroes, 0, 200, lanes));
      assertThrows(
          IndexOutOfBoundsException.class,
          () -> ReducerCompiler.sum(width).of(zeroes, 100, 101, lanes));
    }
  }
}
