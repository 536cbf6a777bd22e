package dev.anneal.nn.graph;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.expression.ExpressionGraph;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Elementwise nodes in their simplest form, and their fusion. */
final class Elementwise {
  /** Fused formulas stay small enough for the compiler to like the loop. */
  private static final int LARGEST = 64;

  private Elementwise() {}

  /**
   * A node whose operands are distinct and all used; a formula that is just its operand is that
   * operand.
   */
  static Node simplified(Graph graph, Expression value, Shape shape, List<Node> operands) {
    List<Node> used = new ArrayList<>();
    Expression renumbered =
        ExpressionGraph.replace(
            value,
            expression -> {
              if (!(expression instanceof Expression.Operand(int i))) {
                return Optional.empty();
              }
              if (i >= operands.size()) {
                throw new IllegalArgumentException(
                    "the formula reads operand %d, but there are %d (counted from 0): %s"
                        .formatted(i, operands.size(), Node.asOperands(operands)));
              }
              Node operand = operands.get(i);
              if (!used.contains(operand)) {
                used.add(operand);
              }
              return Optional.of(new Expression.Operand(used.indexOf(operand)));
            });
    if (renumbered instanceof Expression.Operand && used.getFirst().shape().equals(shape)) {
      return used.getFirst();
    }
    return graph.node(new Op.Elementwise(renumbered), shape, used);
  }

  /**
   * Merges chains of elementwise nodes, so that each is one pass over memory. The same operations
   * are done in the same order: no bit changes.
   *
   * @param roots what is wanted; they are kept as nodes of their own
   * @return the roots after the merge, in the same order
   */
  static List<Node> fuse(Graph graph, List<Node> roots) {
    List<Node> order = Graphs.ancestors(roots);
    IdentityHashMap<Node, Integer> uses = new IdentityHashMap<>();
    order.forEach(node ->
        Set.copyOf(node.operands()).forEach(operand -> uses.merge(operand, 1, Integer::sum)));
    roots.forEach(root -> uses.merge(root, 2, Integer::sum));
    IdentityHashMap<Node, Node> fused = new IdentityHashMap<>();
    for (Node node : order) {
      List<Node> operands = node.operands().stream().map(fused::get).toList();
      fused.put(node, rebuild(graph, node, operands, uses));
    }
    return roots.stream().map(fused::get).toList();
  }

  private static Node rebuild(
      Graph graph, Node node, List<Node> operands, IdentityHashMap<Node, Integer> uses) {
    if (!(node.op() instanceof Op.Elementwise(Expression value))) {
      return graph.node(node.op(), node.shape(), operands);
    }
    List<Node> inputs = new ArrayList<>(operands);
    Expression merged = value;
    for (int i = 0; i < operands.size(); i++) {
      Node operand = operands.get(i);
      if (operand.op() instanceof Op.Elementwise(Expression inner)
          && mayMerge(node, operand, inner, uses.getOrDefault(node.operands().get(i), 0))) {
        int shift = inputs.size();
        inputs.addAll(operand.operands());
        int position = i;
        Expression shifted =
            ExpressionGraph.replace(inner, expression -> shifted(expression, shift));
        Expression candidate =
            ExpressionGraph.replace(
                merged,
                expression ->
                    expression instanceof Expression.Operand(int k) && k == position
                        ? Optional.of(shifted)
                        : Optional.empty());
        if (Expressions.size(candidate, LARGEST) < LARGEST) {
          merged = candidate;
        }
      }
    }
    return graph.elementwise(merged, node.shape(), inputs);
  }

  private static Optional<Expression> shifted(Expression expression, int by) {
    return expression instanceof Expression.Operand(int k)
        ? Optional.of(new Expression.Operand(k + by))
        : Optional.empty();
  }

  /**
   * An operand is merged if nobody else wants it and it has as many elements, or if it is only a
   * broadcast.
   */
  private static boolean mayMerge(Node node, Node operand, Expression inner, int uses) {
    return inner instanceof Expression.Operand
        || (uses == 1 && operand.shape().equals(node.shape()));
  }
}
