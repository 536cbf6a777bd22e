package dev.anneal.bench;

import dev.anneal.core.kernel.Width;
import dev.anneal.core.parallel.Workers;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * How many floating-point operations this machine does in the best case: independent chains of fma
 * that touch nothing but registers, compiled by the same JIT as the code that is compared with it.
 * The width is the one in use ({@link Width#preferred}); where that is scalar, the machine's own.
 */
public final class FmaCeiling {
  private static final VectorSpecies<Float> SPECIES = species();

  /** More than latency times ports (8 on today's cores), few enough for 16 registers. */
  private static final int CHAINS = 12;

  /** About 0.3 ms at 240 GFLOP/s: long against the hand-off to another thread. */
  private static final int ROUNDS = 200_000;

  private static final int WARM_UP = 1_000;
  private static final int RUNS = 100;

  private final Workers workers;
  private final float[] sink;
  private final Workers.Task task = this::chains;

  /**
   * Runs until the JIT is done with it.
   *
   * @param workers the threads that compute at the same time, each as much as it can
   */
  public FmaCeiling(Workers workers) {
    this.workers = workers;
    this.sink = new float[workers.threads()];
    for (int i = 0; i < WARM_UP; i++) {
      run();
    }
  }

  private static VectorSpecies<Float> species() {
    int bits = Width.preferred().bits();
    return bits == 0
        ? FloatVector.SPECIES_PREFERRED
        : VectorSpecies.of(float.class, VectorShape.forBitSize(bits));
  }

  /**
   * Measures for some tens of milliseconds and takes the best run, so that load from elsewhere
   * makes what is compared with the ceiling look worse, never better.
   *
   * @return billions of operations in a second, all threads together; an fma counts as two
   */
  public double gigaflops() {
    double best = 0;
    for (int i = 0; i < RUNS; i++) {
      long start = System.nanoTime();
      double flops = run();
      best = Math.max(best, flops / (System.nanoTime() - start));
    }
    return best;
  }

  /** One run, and how many operations it took. */
  double run() {
    workers.run(sink.length, task);
    return 2.0 * SPECIES.length() * CHAINS * ROUNDS * sink.length;
  }

  private void chains(int thread, int worker) {
    FloatVector factor = FloatVector.broadcast(SPECIES, 0.999f);
    FloatVector term = FloatVector.broadcast(SPECIES, 0.001f);
    FloatVector c0 = term;
    FloatVector c1 = term;
    FloatVector c2 = term;
    FloatVector c3 = term;
    FloatVector c4 = term;
    FloatVector c5 = term;
    FloatVector c6 = term;
    FloatVector c7 = term;
    FloatVector c8 = term;
    FloatVector c9 = term;
    FloatVector c10 = term;
    FloatVector c11 = term;
    for (int round = 0; round < ROUNDS; round++) {
      c0 = c0.fma(factor, term);
      c1 = c1.fma(factor, term);
      c2 = c2.fma(factor, term);
      c3 = c3.fma(factor, term);
      c4 = c4.fma(factor, term);
      c5 = c5.fma(factor, term);
      c6 = c6.fma(factor, term);
      c7 = c7.fma(factor, term);
      c8 = c8.fma(factor, term);
      c9 = c9.fma(factor, term);
      c10 = c10.fma(factor, term);
      c11 = c11.fma(factor, term);
    }
    FloatVector sum = c0.add(c1).add(c2).add(c3).add(c4).add(c5);
    sink[thread] = sum.add(c6).add(c7).add(c8).add(c9).add(c10).add(c11).lane(0);
  }
}
