package dev.anneal.bench.peers;

import java.util.SplittableRandom;

/** Numbers to compute with. */
final class Numbers {
  private Numbers() {}

  /** Numbers from -1 to 1, the same for the same seed. */
  static float[] random(int size, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] numbers = new float[size];
    for (int i = 0; i < size; i++) {
      numbers[i] = (float) random.nextDouble(-1, 1);
    }
    return numbers;
  }
}
