package dev.anneal.nn;

import dev.anneal.nn.graph.Graph;
import dev.anneal.nn.graph.Node;

/** How wrong a prediction is. Written forward only, like a layer. */
public interface Loss {
  /**
   * Describes the loss of each sample.
   *
   * @param graph makes nodes
   * @param output what the model predicts, [batch x columns]
   * @param labels [batch x 1]
   * @return [batch x 1]
   */
  Node forward(Graph graph, Node output, Node labels);

  /**
   * Its name in reports.
   *
   * @return lower case, words joined by hyphens
   */
  String kind();
}
