import org.jspecify.annotations.NullMarked;

/** Layers, gradients, the compiled training plan, checkpoints. */
@NullMarked
module dev.anneal.nn {
  requires transitive dev.anneal.core;
  requires static org.jspecify;

  exports dev.anneal.nn;
}
