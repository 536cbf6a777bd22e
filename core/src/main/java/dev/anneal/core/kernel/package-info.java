/**
 * What an elementwise computation over arrays is, apart from how it is compiled. {@link
 * dev.anneal.core.kernel.KernelSpec} describes one, a {@link dev.anneal.core.kernel.FloatKernel} or
 * a {@link dev.anneal.core.kernel.DoubleKernel} is one ready to run at some {@link
 * dev.anneal.core.kernel.Width}, and {@link dev.anneal.core.kernel.Reductions} adds up in an order
 * that is part of the definition. Begin with the description; bytecode belongs to the compiler
 * beside it.
 */
package dev.anneal.core.kernel;
