package dev.anneal.nn;

import dev.anneal.nn.graph.Graph;
import dev.anneal.nn.graph.Initializer;
import dev.anneal.nn.graph.Node;
import dev.anneal.nn.graph.Parameter;

/**
 * What a layer writes its computation with.
 *
 * @param graph makes nodes
 * @param name the layer's name in its model, such as {@code dense_1}
 * @param training whether the model trains; false when it is evaluated
 */
public record Scope(Graph graph, String name, boolean training) {
  /**
   * New weights of this layer.
   *
   * @param suffix tells them from the layer's other weights, such as {@code kernel}
   * @param rows rows of the matrix
   * @param columns columns of the matrix
   * @param initializer where they start
   * @return [rows x columns]
   */
  public Node weights(String suffix, int rows, int columns, Initializer initializer) {
    return graph.weights(new Parameter(name + "." + suffix, rows, columns, initializer));
  }
}
