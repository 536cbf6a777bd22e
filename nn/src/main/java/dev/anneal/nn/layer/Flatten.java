package dev.anneal.nn.layer;

import dev.anneal.api.plugin.Plugin;
import dev.anneal.nn.graph.Node;
import dev.anneal.nn.model.Layer;
import dev.anneal.nn.model.Scope;
import java.util.List;

/** Makes one row of each sample, whatever its axes: an image becomes a vector. */
@Plugin(name = "flatten", summary = "makes a row of each sample")
public record Flatten() implements Layer {
  @Override
  public Node forward(Scope scope, Node input) {
    return scope.graph().withAxes(input, List.of(input.shape().columns()));
  }

  @Override
  public String kind() {
    return "flatten";
  }
}
