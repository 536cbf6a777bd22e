package dev.anneal.core.codegen;

import dev.anneal.core.kernel.DoubleKernel;
import dev.anneal.core.kernel.FloatKernel;
import dev.anneal.core.kernel.KernelSpec;
import dev.anneal.core.kernel.Width;

/** Compiles elementwise formulas to fused loops. */
public final class Kernels {
  private Kernels() {}

  /**
   * Compiles a formula for this machine.
   *
   * @param formula the formula
   * @return a kernel of the preferred width
   */
  public static FloatKernel compile(KernelSpec formula) {
    return compile(formula, Width.preferred());
  }

  /**
   * Compiles a formula for a width. Kernels of all widths compute the same bits.
   *
   * @param formula the formula
   * @param width how many elements at a time
   * @return the kernel
   */
  public static FloatKernel compile(KernelSpec formula, Width width) {
    return KernelCompiler.compile(formula, width);
  }

  /**
   * Compiles a formula in double precision.
   *
   * @param formula the formula
   * @return the kernel
   */
  public static DoubleKernel compileDouble(KernelSpec formula) {
    return KernelCompiler.compileDouble(formula);
  }
}
