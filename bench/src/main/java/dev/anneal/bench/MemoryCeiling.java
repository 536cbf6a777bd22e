package dev.anneal.bench;

import dev.anneal.core.parallel.Workers;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * How fast memory can be read and written, by loops written by hand. Bytes are counted as the
 * program sees them: what the cache reads before it is overwritten is not added.
 */
final class MemoryCeiling {
  /** The blocks in which the engine updates weights. */
  static final int BLOCK = 16384;

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int RUNS = 10;

  private final Workers workers;
  private final float[] a;
  private final float[] b;
  private final float[] target;
  private final Workers.Task copy = this::copyBlock;
  private final Workers.Task axpy = this::axpyBlock;

  /** Borrows two arrays of the same length; their values stay. */
  MemoryCeiling(Workers workers, float[] a, float[] b) {
    this.workers = workers;
    this.a = a;
    this.b = b;
    this.target = new float[a.length];
  }

  /** {@code target = a} in GB/s, 8 bytes an element; best of some runs. */
  double copy() {
    return best(copy, 2 * Float.BYTES);
  }

  /** {@code a = a + 0 b} in GB/s, 12 bytes an element; best of some runs. */
  double axpy() {
    return best(axpy, 3 * Float.BYTES);
  }

  private double best(Workers.Task task, int bytes) {
    double best = 0;
    for (int i = 0; i < RUNS; i++) {
      long start = System.nanoTime();
      workers.run(Math.ceilDiv(a.length, BLOCK), task);
      best = Math.max(best, (double) bytes * a.length / (System.nanoTime() - start));
    }
    return best;
  }

  private void copyBlock(int block, int worker) {
    int from = block * BLOCK;
    System.arraycopy(a, from, target, from, Math.min(BLOCK, a.length - from));
  }

  private void axpyBlock(int block, int worker) {
    int end = Math.min(a.length, (block + 1) * BLOCK);
    FloatVector zero = FloatVector.zero(SPECIES);
    int i = block * BLOCK;
    for (; i <= end - SPECIES.length(); i += SPECIES.length()) {
      FloatVector sum = FloatVector.fromArray(SPECIES, a, i);
      FloatVector.fromArray(SPECIES, b, i).fma(zero, sum).intoArray(a, i);
    }
    for (; i < end; i++) {
      a[i] = Math.fma(0, b[i], a[i]);
    }
  }
}
