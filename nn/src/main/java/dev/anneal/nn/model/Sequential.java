package dev.anneal.nn.model;

import dev.anneal.api.InputException;
import dev.anneal.nn.graph.Node;
import java.util.List;

/**
 * A model that is a chain of layers.
 *
 * @param shape how the numbers of a sample belong together: of an image its rows, columns and
 *     channels; each at least 1
 * @param layers from the first to the last, at least one
 */
public record Sequential(List<Integer> shape, List<Layer> layers) implements Model {
  /** Checks and copies. */
  public Sequential {
    shape = List.copyOf(shape);
    layers = List.copyOf(layers);
    if (shape.isEmpty() || shape.stream().anyMatch(n -> n < 1) || layers.isEmpty()) {
      throw new InputException("a model needs at least one feature and one layer");
    }
  }

  /**
   * A chain of layers on rows of numbers.
   *
   * @param features numbers of a sample, at least 1
   * @param layers from the first to the last, at least one
   */
  public Sequential(int features, List<Layer> layers) {
    this(List.of(features), layers);
  }

  /**
   * A chain of layers on rows of numbers.
   *
   * @param features numbers of a sample, at least 1
   * @param layers from the first to the last, at least one
   * @return the model
   */
  public static Sequential of(int features, Layer... layers) {
    return new Sequential(features, List.of(layers));
  }

  /**
   * A chain of layers.
   *
   * @param shape how the numbers of a sample belong together
   * @param layers from the first to the last, at least one
   * @return the model
   */
  public static Sequential of(List<Integer> shape, Layer... layers) {
    return new Sequential(shape, List.of(layers));
  }

  @Override
  public int features() {
    return shape.stream().reduce(1, Math::multiplyExact);
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
