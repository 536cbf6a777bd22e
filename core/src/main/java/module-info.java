import org.jspecify.annotations.NullMarked;

/** Tensors, SIMD kernels, random numbers, workers, and the contracts of plugins. */
@NullMarked
module dev.anneal.core {
  requires jdk.incubator.vector;
  requires static org.jspecify;

  exports dev.anneal.core;
  exports dev.anneal.core.data;
  exports dev.anneal.core.kernel;
  exports dev.anneal.core.lane;
  exports dev.anneal.core.optimize;
  exports dev.anneal.core.random;
  exports dev.anneal.core.schedule;
  exports dev.anneal.core.spec;
  exports dev.anneal.core.tensor;
  exports dev.anneal.core.translate;
  exports dev.anneal.core.work;

  uses dev.anneal.core.spec.PluginProvider;
  uses dev.anneal.core.translate.Translator;
}
