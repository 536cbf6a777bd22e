package dev.anneal.core.codegen;

import dev.anneal.core.kernel.DoubleKernel;
import dev.anneal.core.kernel.FloatKernel;
import dev.anneal.core.kernel.KernelSpec;
import dev.anneal.core.kernel.Width;

/** Compiles elementwise formulas to fused loops. */
public final class Kernels {
  private Kernels() {}

  /**
   * Compiles a kernel for this machine.
   *
   * @param spec what to compute
   * @return a kernel of the preferred width
   */
  public static FloatKernel compile(KernelSpec spec) {
    return compile(spec, Width.preferred());
  }

  /**
   * Compiles a kernel for a width. Kernels of all widths compute the same bits.
   *
   * @param spec what to compute
   * @param width how many elements at a time
   * @return the kernel
   */
  public static FloatKernel compile(KernelSpec spec, Width width) {
    return KernelCompiler.compile(spec, width);
  }

  /**
   * Compiles a kernel in double precision.
   *
   * @param spec what to compute
   * @return the kernel
   */
  public static DoubleKernel compileDouble(KernelSpec spec) {
    return KernelCompiler.compileDouble(spec);
  }
}
