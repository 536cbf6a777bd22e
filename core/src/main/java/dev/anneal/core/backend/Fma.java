package dev.anneal.core.backend;

/**
 * Whether the processor has a fused multiply-add and the JVM uses it. No property of the JVM tells,
 * but the time does: without, {@link Math#fma(float, float, float)} computes with {@code
 * BigDecimal}.
 */
final class Fma {
  private static final int TIMES = 30;
  private static final int CALLS = 50;

  /**
   * As an instruction it takes 0.5 to 1.2 times what a product and a maximum do, else 150 to 400
   * times (interpreted and compiled; 2026-11-27, Zen 4, JDK 25).
   */
  private static final int SLOWER = 10;

  private Fma() {}

  /** Takes 50 microseconds, without the instruction 10 milliseconds. */
  static boolean isInstruction() {
    long fused = Long.MAX_VALUE;
    long separate = Long.MAX_VALUE;
    float sum = 0;
    for (int time = 0; time < TIMES; time++) { // the fastest: others may have been interrupted
      long start = System.nanoTime();
      for (int i = 0; i < CALLS; i++) {
        sum = Math.fma(1.1f + i, 1.3f, sum);
      }
      long middle = System.nanoTime();
      for (int i = 0; i < CALLS; i++) {
        sum = Math.max((1.1f + i) * 1.3f, sum);
      }
      fused = Math.min(fused, middle - start);
      separate = Math.min(separate, System.nanoTime() - middle);
    }
    return sum > 0 && fused < SLOWER * separate;
  }
}
