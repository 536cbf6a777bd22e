package dev.anneal.core.codegen;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * How far the JIT has come with the vector code of this process. Tiles count as kernels.
 *
 * @param small kernels that have done too little for vector code to be worth its making
 * @param vectorized kernels that run as vectors
 * @param waiting kernels that run as their scalar references until their vectors are compiled
 * @param scalar kernels that were given up and stay with them
 * @param after the time from the first kernel to the latest that vectors took over
 */
public record Vectorization(
    int small, int vectorized, int waiting, int scalar, Optional<Duration> after) {
  private static final long START = System.nanoTime();

  private static final AtomicReference<Vectorization> NOW =
      new AtomicReference<>(new Vectorization(0, 0, 0, 0, Optional.empty()));

  /**
   * How far it has come by now.
   *
   * @return the state of this moment
   */
  public static Vectorization now() {
    return NOW.get();
  }

  /** Counts a new kernel. */
  static void make() {
    NOW.updateAndGet(
        v -> new Vectorization(v.small + 1, v.vectorized, v.waiting, v.scalar, v.after));
  }

  /** Counts a kernel whose vector code is worth its making: it waits. */
  static void begin() {
    NOW.updateAndGet(
        v -> new Vectorization(v.small - 1, v.vectorized, v.waiting + 1, v.scalar, v.after));
  }

  /** Counts a kernel that waits no more: it runs as vectors. */
  static void takeOver() {
    Optional<Duration> after = Optional.of(Duration.ofNanos(System.nanoTime() - START));
    NOW.updateAndGet(
        v -> new Vectorization(v.small, v.vectorized + 1, v.waiting - 1, v.scalar, after));
  }

  /** Counts a kernel that waits no more: it stays scalar. */
  static void giveUp() {
    NOW.updateAndGet(
        v -> new Vectorization(v.small, v.vectorized, v.waiting - 1, v.scalar + 1, v.after));
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d kernels vectorized within %d ms, %d waiting, %d scalar, %d small",
        vectorized,
        after.orElse(Duration.ZERO).toMillis(),
        waiting,
        scalar,
        small);
  }
}
