package dev.anneal.core.kernel;

/**
 * A compiled {@link dev.anneal.core.kernel.KernelSpec} in single precision. A kernel holds no
 * state: one may run in several threads at once, on ranges that do not overlap. It allocates
 * nothing.
 */
public interface FloatKernel {
  /**
   * How many numbers {@link #prepare} computes.
   *
   * @return at least 0
   */
  int preparedSize();

  /**
   * Evaluates, in double precision, every part of the kernel that is the same for all elements.
   *
   * @param scalars the kernel's scalars
   * @param prepared receives {@link #preparedSize} numbers
   */
  void prepare(double[] scalars, float[] prepared);

  /**
   * Computes elements 0 to {@code n - 1}. Two of the ranges may be the same range; otherwise they
   * must not overlap.
   *
   * @param arrays the kernel's arrays
   * @param offsets where element 0 of each lies
   * @param prepared what {@link #prepare} computed
   * @param n how many elements
   */
  void run(float[][] arrays, int[] offsets, float[] prepared, int n);
}
