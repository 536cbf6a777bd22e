import org.jspecify.annotations.NullMarked;

/**
 * The engine: tensors, SIMD kernels, the matrix product, random numbers, workers, and the compilers
 * of expressions and of optimizers' rules.
 */
@NullMarked
@SuppressWarnings("module") // those exported to are built later
module dev.anneal.core {
  requires transitive dev.anneal.api;
  requires jdk.incubator.vector;
  requires static org.jspecify;

  exports dev.anneal.core.codegen;
  exports dev.anneal.core.kernel;
  exports dev.anneal.core.matrix;
  exports dev.anneal.core.parallel;
  exports dev.anneal.core.random;
  exports dev.anneal.core.sample;
  exports dev.anneal.core.tensor;
  exports dev.anneal.core.update;
}
