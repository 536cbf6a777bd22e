/**
 * Formulas and products of matrices become classes. {@link dev.anneal.core.codegen.KernelCompiler}
 * makes one loop of an elementwise formula, {@link dev.anneal.core.codegen.TileCompiler} the
 * innermost part of a product; {@code LoweredKernel} is the list of primitive operations that every
 * target emits, so that all widths give the same bits. Until the JIT has compiled a vector loop,
 * {@link dev.anneal.core.codegen.TierUp} runs its scalar reference. What is computed, and over
 * which memory, is decided elsewhere.
 */
package dev.anneal.core.codegen;
