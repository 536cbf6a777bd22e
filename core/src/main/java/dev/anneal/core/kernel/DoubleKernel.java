package dev.anneal.core.kernel;

/**
 * A compiled {@link dev.anneal.core.kernel.KernelSpec} in double precision: the same rule, for
 * proofs of what the float kernels approximate.
 */
public interface DoubleKernel {
  /**
   * Computes elements 0 to {@code n - 1}. Two of the ranges may be the same range; otherwise they
   * must not overlap.
   *
   * @param arrays the kernel's arrays
   * @param offsets where element 0 of each lies
   * @param scalars the kernel's scalars
   * @param n how many elements
   */
  void run(double[][] arrays, int[] offsets, double[] scalars, int n);
}
