package dev.anneal.nn.model;

import dev.anneal.api.plugin.PluginKind;
import dev.anneal.nn.graph.Node;

/**
 * A part of a model, written forward only: it says how its output is computed, and the engine
 * derives the gradient. Layers are records without state; their weights belong to the model.
 */
@PluginKind("layer")
public interface Layer {
  /**
   * Describes the computation.
   *
   * @param scope makes nodes and weights, and knows whether the model trains
   * @param input [batch x columns]
   * @return the output, [batch x columns of its own]
   */
  Node forward(Scope scope, Node input);

  /**
   * The kind of layer, from which its weights are named.
   *
   * @return lower case, such as {@code dense}
   */
  String kind();
}
