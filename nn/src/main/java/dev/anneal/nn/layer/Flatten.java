package dev.anneal.nn.layer;

import dev.anneal.api.plugin.Plugin;
import dev.anneal.nn.graph.Node;
import dev.anneal.nn.model.Layer;
import dev.anneal.nn.model.Scope;

/**
 * Makes a row of each sample. Samples arrive as rows, so there is nothing to compute; the layer
 * says where an image becomes a vector.
 */
@Plugin(name = "flatten", summary = "makes a row of each sample")
public record Flatten() implements Layer {
  @Override
  public Node forward(Scope scope, Node input) {
    return input;
  }

  @Override
  public String kind() {
    return "flatten";
  }
}
