package dev.anneal.data;

/**
 * Python's {@code random.Random(seed)}: the Mersenne Twister MT19937 (Matsumoto and Nishimura,
 * 1998), seeded by array, and {@code sample} as CPython draws it. Only here to repeat a published
 * draw.
 */
final class PythonRandom {
  private static final int N = 624;
  private final int[] state = new int[N];
  private int next = N;

  /** Seeds as Python does with a number that fits 32 bits. */
  PythonRandom(int seed) {
    state[0] = 19650218;
    for (int i = 1; i < N; i++) {
      state[i] = 1812433253 * (state[i - 1] ^ state[i - 1] >>> 30) + i;
    }
    int i = 1;
    for (int k = 0; k < N; k++) {
      state[i] = (state[i] ^ (state[i - 1] ^ state[i - 1] >>> 30) * 1664525) + seed;
      i = advance(i);
    }
    for (int k = 0; k < N - 1; k++) {
      state[i] = (state[i] ^ (state[i - 1] ^ state[i - 1] >>> 30) * 1566083941) - i;
      i = advance(i);
    }
    state[0] = 0x80000000;
  }

  private int advance(int i) {
    if (i + 1 < N) {
      return i + 1;
    }
    state[0] = state[N - 1];
    return 1;
  }

  /**
   * {@code random.sample(range(population), count)}, for a count so large that CPython draws from a
   * pool: {@code population <= 21 + 4 ** ceil(log(3 * count, 4))}.
   */
  int[] sample(int population, int count) {
    int[] pool = new int[population];
    for (int i = 0; i < population; i++) {
      pool[i] = i;
    }
    int[] drawn = new int[count];
    for (int i = 0; i < count; i++) {
      int j = below(population - i);
      drawn[i] = pool[j];
      pool[j] = pool[population - i - 1];
    }
    return drawn;
  }

  private int below(int bound) {
    int shift = Integer.numberOfLeadingZeros(bound);
    int value = nextInt() >>> shift;
    while (value >= bound) {
      value = nextInt() >>> shift;
    }
    return value;
  }

  int nextInt() {
    if (next == N) {
      for (int i = 0; i < N; i++) {
        int y = state[i] & 0x80000000 | state[(i + 1) % N] & 0x7fffffff;
        state[i] = state[(i + 397) % N] ^ y >>> 1 ^ ((y & 1) == 0 ? 0 : 0x9908b0df);
      }
      next = 0;
    }
    int y = state[next++];
    y ^= y >>> 11;
    y ^= y << 7 & 0x9d2c5680;
    y ^= y << 15 & 0xefc60000;
    return y ^ y >>> 18;
  }
}
