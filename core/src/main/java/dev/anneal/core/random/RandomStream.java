package dev.anneal.core.random;

/**
 * Random numbers by position: the number at a round and an index is a pure function of the key, so
 * it does not matter which thread asks, in what order, or whether the run was interrupted in
 * between. The generator is Philox2x64-10 (Salmon, Moraes, Dror and Shaw, "Parallel random numbers:
 * as easy as 1, 2, 3", SC 2011).
 *
 * @param key selects the stream
 */
public record RandomStream(long key) {
  private static final long MULTIPLIER = 0xD2B74407B1CE6E93L;
  private static final long WEYL = 0x9E3779B97F4A7C15L;
  private static final int ROUNDS = 10;

  /** The first half of the counter from which children are derived; no draw uses it. */
  private static final long CHILDREN = -1;

  /**
   * A stream of its own for a purpose.
   *
   * @param label tells this child from its siblings
   * @return the child
   */
  public RandomStream child(long label) {
    return new RandomStream(first(key, CHILDREN, label));
  }

  /**
   * 64 random bits.
   *
   * @param round at least 0, such as an epoch
   * @param index position within the round
   * @return the bits
   */
  public long bits(long round, long index) {
    return first(key, round, index);
  }

  /**
   * A number from the uniform distribution.
   *
   * @param round at least 0
   * @param index position within the round
   * @return a multiple of 2^-53 in [0, 1)
   */
  public double uniform(long round, long index) {
    return unit(bits(round, index));
  }

  /**
   * A number from the standard normal distribution, by the transform of Box and Muller (1958).
   *
   * @param round at least 0
   * @param index position within the round
   * @return a finite number
   */
  public double normal(long round, long index) {
    double u = 1 - unit(first(key, round, index)); // in (0, 1]: its logarithm is finite
    double v = unit(second(key, round, index));
    return StrictMath.sqrt(-2 * StrictMath.log(u)) * cosine(v);
  }

  /**
   * {@code cos(2 pi turns)} for turns from 0 to 1. From an eighth of a turn on {@link StrictMath}
   * would allocate.
   */
  private static double cosine(double turns) {
    double half = Math.min(turns, 1 - turns);
    double quarter = Math.min(half, 0.5 - half);
    double cosine =
        quarter <= 0.125
            ? StrictMath.cos(2 * Math.PI * quarter)
            : StrictMath.sin(2 * Math.PI * (0.25 - quarter));
    return half <= 0.25 ? cosine : -cosine;
  }

  /**
   * Puts 0 to {@code order.length - 1} into a random order (Fisher and Yates).
   *
   * @param round at least 0
   * @param order receives the permutation
   */
  public void permute(long round, int[] order) {
    for (int i = 0; i < order.length; i++) {
      int j = (int) Math.unsignedMultiplyHigh(bits(round, i), i + 1L);
      order[i] = order[j];
      order[j] = i;
    }
  }

  private static double unit(long bits) {
    return (bits >>> 11) * 0x1p-53;
  }

  private static long first(long key, long high, long low) {
    return philox(key, low, high, false);
  }

  private static long second(long key, long high, long low) {
    return philox(key, low, high, true);
  }

  /**
   * One block of Philox2x64-10.
   *
   * @return its second word or its first
   */
  static long philox(long key, long counter0, long counter1, boolean secondWord) {
    long left = counter0;
    long right = counter1;
    long roundKey = key;
    for (int i = 0; i < ROUNDS; i++) {
      long high = Math.unsignedMultiplyHigh(MULTIPLIER, left);
      long low = MULTIPLIER * left;
      left = high ^ roundKey ^ right;
      right = low;
      roundKey += WEYL;
    }
    return secondWord ? right : left;
  }
}
