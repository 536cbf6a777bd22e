package dev.anneal.core.kernel;

import dev.anneal.core.internal.codegen.KernelCompiler;
import dev.anneal.core.internal.codegen.Uniforms;
import dev.anneal.core.lane.Formula;
import dev.anneal.core.lane.Lane;

/** Compiles elementwise formulas to fused loops. */
public final class Kernels {
  private Kernels() {}

  /**
   * Begins to compile what every model needs, beside the caller's work. Whoever builds a model does
   * so anyway; called before data is read, it hides the better part of the JIT's work.
   */
  public static void warmUp() {
    MatrixProduct.warmUp(Width.preferred());
  }

  /**
   * Compiles a formula for this machine.
   *
   * @param formula the formula
   * @return a kernel of the preferred width
   */
  public static FloatKernel compile(Formula formula) {
    return compile(formula, Width.preferred());
  }

  /**
   * Compiles a formula for a width. Kernels of all widths compute the same bits.
   *
   * @param formula the formula
   * @param width how many elements at a time
   * @return the kernel
   */
  public static FloatKernel compile(Formula formula, Width width) {
    return KernelCompiler.compile(formula, width);
  }

  /**
   * Compiles a formula in double precision.
   *
   * @param formula the formula
   * @return the kernel
   */
  public static DoubleKernel compileDouble(Formula formula) {
    return KernelCompiler.compileDouble(formula);
  }

  /**
   * Evaluates an expression that reads no element, in double precision. Allocates nothing.
   *
   * @param lane the expression
   * @param uniforms what it reads
   * @return its value
   */
  public static double evaluate(Lane lane, double[] uniforms) {
    return Uniforms.evaluate(lane, uniforms);
  }
}
