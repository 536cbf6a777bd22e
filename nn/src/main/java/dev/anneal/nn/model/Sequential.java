package dev.anneal.nn.model;

import dev.anneal.api.InputException;
import dev.anneal.nn.graph.Node;
import java.util.List;

/**
 * A model that is a chain of layers.
 *
 * @param features numbers of a sample, at least 1
 * @param layers from the first to the last, at least one
 */
public record Sequential(int features, List<Layer> layers) implements Model {
  /** Checks and copies. */
  public Sequential {
    layers = List.copyOf(layers);
    if (features < 1 || layers.isEmpty()) {
      throw new InputException("a model needs at least one feature and one layer");
    }
  }

  /**
   * A chain of layers.
   *
   * @param features numbers of a sample, at least 1
   * @param layers from the first to the last, at least one
   * @return the model
   */
  public static Sequential of(int features, Layer... layers) {
    return new Sequential(features, List.of(layers));
  }

  @Override
  public Node forward(Scope scope, Node input) {
    Node node = input;
    for (Layer layer : layers) {
      node = scope.apply(layer, node);
    }
    return node;
  }
}
