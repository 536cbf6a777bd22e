package dev.anneal.nn.layer;

import dev.anneal.api.InputException;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.nn.graph.Node;
import dev.anneal.nn.model.Layer;
import dev.anneal.nn.model.Scope;
import java.util.List;

/**
 * A chain of layers whose output is added to its input (He et al., 2016).
 *
 * @param layers from the first to the last, at least one; the last has as many outputs as the first
 *     has inputs
 */
@Plugin(
    name = "residual",
    summary = "adds the output of a chain of layers to its input",
    source = "He et al., 2016")
public record Residual(@Param("from the first to the last") List<Layer> layers) implements Layer {
  /** Checks and copies. */
  public Residual {
    layers = List.copyOf(layers);
    if (layers.isEmpty()) {
      throw new InputException("residual: at least one layer is needed");
    }
  }

  /**
   * A chain of layers whose output is added to its input.
   *
   * @param layers from the first to the last, at least one
   * @return the layer
   */
  public static Residual of(Layer... layers) {
    return new Residual(List.of(layers));
  }

  @Override
  public Node forward(Scope scope, Node input) {
    Node output = input;
    for (Layer layer : layers) {
      output = scope.apply(layer, output);
    }
    if (!output.shape().equals(input.shape())) {
      throw new InputException(
          "residual: %d inputs go in and %d outputs come out; they cannot be added"
              .formatted(input.shape().columns(), output.shape().columns()));
    }
    return scope.graph().add(input, output);
  }

  @Override
  public String kind() {
    return "residual";
  }
}
