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
  requires jdk.management;
  requires static jdk.jfr;
  requires static org.jspecify;

  // What whoever trains with nn names.
  exports dev.anneal.core.backend;
  exports dev.anneal.core.parallel;
  exports dev.anneal.core.random;
  exports dev.anneal.core.sample;
  exports dev.anneal.core.tensor;
  exports dev.anneal.core.window;

  // What nn is made of. The command prints rules; the testkit computes
  // them in double precision.
  exports dev.anneal.core.codegen to
      dev.anneal.nn,
      dev.anneal.testkit;
  exports dev.anneal.core.convolution to
      dev.anneal.nn,
      dev.anneal.testkit;
  exports dev.anneal.core.kernel to
      dev.anneal.nn,
      dev.anneal.testkit;
  exports dev.anneal.core.matrix to
      dev.anneal.nn,
      dev.anneal.testkit;
  exports dev.anneal.core.update to
      dev.anneal.cli,
      dev.anneal.nn,
      dev.anneal.testkit;
}
