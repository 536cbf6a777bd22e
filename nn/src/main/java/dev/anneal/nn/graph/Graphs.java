package dev.anneal.nn.graph;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Orders of nodes. */
final class Graphs {
  private Graphs() {}

  /** The nodes that some roots are computed from, the roots included, operands first. */
  static List<Node> ancestors(List<Node> roots) {
    Set<Node> found = new HashSet<>();
    roots.forEach(root -> collect(root, found));
    return found.stream().sorted(Comparator.comparingInt(Node::id)).toList();
  }

  private static void collect(Node node, Set<Node> found) {
    if (found.add(node)) {
      node.operands().forEach(operand -> collect(operand, found));
    }
  }
}
