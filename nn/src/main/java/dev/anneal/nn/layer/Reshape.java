package dev.anneal.nn.layer;

import dev.anneal.api.InputException;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.nn.graph.Node;
import dev.anneal.nn.model.Layer;
import dev.anneal.nn.model.Scope;

/**
 * The numbers of a sample along other axes, in the same order.
 *
 * @param axes whose product is the count of numbers: of images rows, columns and channels
 */
@Plugin(name = "reshape", summary = "the numbers of a sample along other axes")
public record Reshape(@Param("such as 28x28x1") Axes axes) implements Layer {
  @Override
  public Node forward(Scope scope, Node input) {
    int numbers = input.shape().columns();
    if (axes.product() != numbers) {
      throw new InputException(
          "%s has %d numbers, and a sample %d".formatted(axes, axes.product(), numbers));
    }
    return scope.graph().withAxes(input, axes.extents());
  }

  @Override
  public String kind() {
    return "reshape";
  }
}
