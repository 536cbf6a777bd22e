import org.jspecify.annotations.NullMarked;

/** Tensors, SIMD kernels, random numbers, workers, and the contracts of plugins. */
@NullMarked
module dev.anneal.core {
  requires jdk.incubator.vector;
  requires static org.jspecify;

  exports dev.anneal.core;
}
