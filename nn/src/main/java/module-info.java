import org.jspecify.annotations.NullMarked;

/** Layers, gradients, the compiled training plan. */
@NullMarked
module dev.anneal.nn {
  requires transitive dev.anneal.core;
  requires static org.jspecify;

  exports dev.anneal.nn;
  exports dev.anneal.nn.check;
  exports dev.anneal.nn.graph;
}
