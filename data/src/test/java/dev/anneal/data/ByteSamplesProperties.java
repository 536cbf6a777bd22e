package dev.anneal.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class ByteSamplesProperties {
  private static final int IMAGES = 50;
  private static final int FEATURES = 37;

  @Property
  void gathersAnyOrderFromAnyOffset(
      @ForAll @Size(20) List<@IntRange(max = IMAGES - 1) Integer> drawn,
      @ForAll @IntRange(min = 0, max = 20) int from,
      @ForAll long seed) {
    byte[] pixels = new byte[IMAGES * FEATURES];
    byte[] labels = new byte[IMAGES];
    new Random(seed).nextBytes(pixels);
    for (int i = 0; i < IMAGES; i++) {
      labels[i] = (byte) (i % 10);
    }
    var samples = new ByteSamples(pixels, labels, 1, FEATURES, 10);
    int[] order = drawn.stream().mapToInt(Integer::intValue).toArray();
    int count = order.length - from;
    float[] gathered = new float[count * FEATURES + 1];
    float[] gatheredLabels = new float[count + 1];
    gathered[count * FEATURES] = -1;
    gatheredLabels[count] = -1;
    samples.gather(order, from, count, gathered, gatheredLabels);
    for (int row = 0; row < count; row++) {
      int image = order[from + row];
      assertEquals(image % 10, gatheredLabels[row]);
      for (int i = 0; i < FEATURES; i++) {
        float expected = (float) Byte.toUnsignedInt(pixels[image * FEATURES + i]) / 255f;
        assertEquals(expected, gathered[row * FEATURES + i]);
      }
    }
    assertEquals(-1, gathered[count * FEATURES]);
    assertEquals(-1, gatheredLabels[count]);
  }
}
