import org.jspecify.annotations.NullMarked;

/** Layers, losses, gradients, the compiled training plan, and what trains with it. */
@NullMarked
module dev.anneal.nn {
  requires transitive dev.anneal.core;
  requires tools.jackson.core;
  requires static jdk.jfr;
  requires static org.jspecify;

  exports dev.anneal.nn;
  exports dev.anneal.nn.check;
  exports dev.anneal.nn.file;
  exports dev.anneal.nn.graph;
  exports dev.anneal.nn.group;
  exports dev.anneal.nn.layer;
  exports dev.anneal.nn.loss;
  exports dev.anneal.nn.measure;
  exports dev.anneal.nn.minimize;
  exports dev.anneal.nn.model;
  exports dev.anneal.nn.predict;
  exports dev.anneal.nn.training;

  provides dev.anneal.api.plugin.PluginProvider with
      dev.anneal.nn.layer.LayerPlugins,
      dev.anneal.nn.loss.LossPlugins;
}
