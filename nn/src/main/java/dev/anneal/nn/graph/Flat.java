package dev.anneal.nn.graph;

import java.util.IdentityHashMap;
import java.util.List;

/**
 * Nodes as the engine computes them: matrices. What stands in a row lies in it number after number,
 * whatever its axes are, so these are for whoever writes the computation.
 */
final class Flat {
  private Flat() {}

  /**
   * Takes the axes away.
   *
   * @param graph makes nodes
   * @param roots what is wanted
   * @return the same as matrices, in the same order
   */
  static List<Node> of(Graph graph, List<Node> roots) {
    IdentityHashMap<Node, Node> flat = new IdentityHashMap<>();
    for (Node node : Graphs.ancestors(roots)) {
      List<Node> operands = node.operands().stream().map(flat::get).toList();
      flat.put(
          node,
          node.op() instanceof Op.Shaped
              ? operands.getFirst()
              : graph.node(node.op(), node.shape().flat(), operands));
    }
    return roots.stream().map(flat::get).toList();
  }
}
