package dev.anneal.nn.graph;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.expression.ExpressionGraph;
import dev.anneal.core.window.Direction;
import dev.anneal.core.window.Geometry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reverse-mode differentiation: from a loss it derives nodes that compute its gradient. Only what
 * the wanted parameters need is derived, so frozen ones and the features cost nothing.
 */
final class Gradients {
  private final Graph graph;
  private final Map<Node, Node> gradients = new HashMap<>();
  private final Set<Node> needed = new HashSet<>();

  private Gradients(Graph graph) {
    this.graph = graph;
  }

  /**
   * Derives gradients.
   *
   * @param graph holds the loss
   * @param loss the loss of each sample, [batch x 1]
   * @param parameters with respect to which
   * @return for each parameter that the loss depends on, the gradient of the loss averaged over the
   *     batch
   */
  static Map<Parameter, Node> of(Graph graph, Node loss, List<Parameter> parameters) {
    return new Gradients(graph).derive(loss, Set.copyOf(parameters));
  }

  private Map<Parameter, Node> derive(Node loss, Set<Parameter> parameters) {
    List<Node> order = Graphs.ancestors(List.of(loss));
    for (Node node : order) {
      boolean wanted =
          node.op() instanceof Op.Weights(Parameter parameter) && parameters.contains(parameter);
      if (wanted
          || (passesGradient(node.op()) && node.operands().stream().anyMatch(needed::contains))) {
        needed.add(node);
      }
    }
    gradients.put(
        loss,
        graph.elementwise(new Expression.Operand(0), loss.shape(), List.of(graph.inverseBatch())));
    Map<Parameter, Node> result = new LinkedHashMap<>();
    for (Node node : order.reversed()) {
      Node gradient = gradients.get(node);
      if (gradient == null || !needed.contains(node)) {
        continue;
      }
      if (node.op() instanceof Op.Weights(Parameter parameter)) {
        result.put(parameter, gradient);
      }
      propagate(node, gradient);
    }
    return result;
  }

  private static boolean passesGradient(Op op) {
    return switch (op) {
      case Op.RowMax(boolean differentiable) -> differentiable;
      case Op.RowArgMax _, Op.OneHot _ -> false;
      default -> true;
    };
  }

  private void propagate(Node node, Node gradient) {
    switch (node.op()) {
      case Op.Product(boolean transposeLeft, boolean transposeRight) ->
          product(
              node.operands().get(0),
              transposeLeft,
              node.operands().get(1),
              transposeRight,
              gradient);
      case Op.Elementwise(Expression value) -> elementwise(node, value, gradient);
      case Op.RowSum _, Op.ColumnSum _ -> {
        Node operand = node.operands().getFirst();
        contribute(
            operand,
            graph.elementwise(new Expression.Operand(0), operand.shape(), List.of(gradient)));
      }
      case Op.RowMax _ -> {
        Node operand = node.operands().getFirst();
        Node place = graph.oneHot(graph.rowArgMax(operand), operand.shape().columns());
        contribute(operand, graph.multiply(gradient, place));
      }
      case Op.Slice(int from) -> {
        Node operand = node.operands().getFirst();
        contribute(operand, padded(gradient, from, operand.shape().columns()));
      }
      case Op.Concatenate _ -> {
        int from = 0;
        for (Node operand : node.operands()) {
          int to = from + operand.shape().columns();
          if (needed.contains(operand)) {
            contribute(operand, graph.slice(gradient, from, to));
          }
          from = to;
        }
      }
      case Op.Shaped _ -> throw new AssertionError("shapes are gone before");
      case Op.Expand(int length, int inner) ->
          contribute(node.operands().getFirst(), graph.fold(gradient, length, inner));
      case Op.AxisSum(int length, int inner) ->
          contribute(node.operands().getFirst(), graph.expand(gradient, length, inner));
      case Op.Convolution(Geometry geometry, Direction direction) ->
          convolution(node, geometry, direction, gradient);
      case Op.Pool(Geometry geometry, Op.PoolKind kind) -> {
        Node images = node.operands().getFirst();
        contribute(images, graph.unpool(geometry, kind, images, gradient));
      }
      case Op.Unpool _ ->
          throw new IllegalArgumentException("the gradient of a pool has no gradient");
      case Op.Transpose _ -> contribute(node.operands().getFirst(), graph.transpose(gradient));
      case Op.Reshape _ -> {
        Node operand = node.operands().getFirst();
        contribute(operand, graph.reshape(gradient, operand.shape().columns()));
      }
      case Op.Gather _ -> {
        Node table = node.operands().getFirst();
        if (needed.contains(table)) {
          contribute(
              table, graph.scatter(gradient, node.operands().getLast(), table.shape().rows()));
        }
      }
      case Op.Scatter _ -> {
        Node parts = node.operands().getFirst();
        if (needed.contains(parts)) {
          contribute(parts, graph.gather(gradient, node.operands().getLast()));
        }
      }
      case Op.Features _,
          Op.Labels _,
          Op.InverseBatch _,
          Op.Constant _,
          Op.Weights _,
          Op.RowArgMax _,
          Op.OneHot _,
          Op.Dropout _,
          Op.Normal _ -> {}
    }
  }

  /**
   * For C = L R: dL = dC R', dR = L' dC, and their transposes where an operand is read transposed.
   */
  private void product(
      Node left, boolean transposeLeft, Node right, boolean transposeRight, Node gradient) {
    if (needed.contains(left)) {
      contribute(
          left,
          transposeLeft
              ? graph.product(right, transposeRight, gradient, true)
              : graph.product(gradient, false, right, !transposeRight));
    }
    if (needed.contains(right)) {
      contribute(
          right,
          transposeRight
              ? graph.product(gradient, true, left, transposeLeft)
              : graph.product(left, !transposeLeft, gradient, false));
    }
  }

  /** Each of the three is linear in both operands, and their gradients are the two others. */
  private void convolution(Node node, Geometry geometry, Direction direction, Node gradient) {
    Node left = node.operands().getFirst();
    Node right = node.operands().getLast();
    if (needed.contains(left)) {
      contribute(
          left,
          switch (direction) {
            case FORWARD -> graph.convolution(geometry, Direction.TO_IMAGES, gradient, right);
            case TO_IMAGES -> graph.convolution(geometry, Direction.FORWARD, gradient, right);
            case TO_WEIGHTS -> graph.convolution(geometry, Direction.TO_IMAGES, right, gradient);
          });
    }
    if (needed.contains(right)) {
      contribute(
          right,
          switch (direction) {
            case FORWARD -> graph.convolution(geometry, Direction.TO_WEIGHTS, left, gradient);
            case TO_IMAGES -> graph.convolution(geometry, Direction.TO_WEIGHTS, gradient, left);
            case TO_WEIGHTS -> graph.convolution(geometry, Direction.FORWARD, left, gradient);
          });
    }
  }

  private void elementwise(Node node, Expression value, Node gradient) {
    List<Node> operands = new ArrayList<>(node.operands());
    Expression result = new Expression.Operand(operands.size());
    operands.add(node);
    Expression incoming = new Expression.Operand(operands.size());
    operands.add(gradient);
    for (int i = 0; i < node.operands().size(); i++) {
      Node operand = node.operands().get(i);
      if (needed.contains(operand)) {
        Expression partial = reading(result, value, Expressions.derivative(value, i));
        if (!partial.equals(Expressions.ZERO)) {
          Node full =
              graph.elementwise(Expressions.times(incoming, partial), node.shape(), operands);
          contribute(operand, reduced(full, operand.shape()));
        }
      }
    }
  }

  /** Where a derivative mentions the function's own value, that is read, not computed again. */
  private static Expression reading(Expression result, Expression value, Expression derivative) {
    ExpressionGraph graph = ExpressionGraph.of(List.of(value, derivative));
    int own = graph.roots().getFirst();
    return ExpressionGraph.replace(
        derivative, part -> graph.number(part) == own ? Optional.of(result) : Optional.empty());
  }

  /** Zeros on both sides, so that a part stands where it was taken from. */
  private Node padded(Node part, int from, int columns) {
    int rows = part.shape().rows();
    int to = from + part.shape().columns();
    List<Node> parts = new ArrayList<>();
    if (from > 0) {
      parts.add(graph.zeros(new Shape(rows, from)));
    }
    parts.add(part);
    if (to < columns) {
      parts.add(graph.zeros(new Shape(rows, columns - to)));
    }
    return graph.concatenate(parts.toArray(Node[]::new));
  }

  /** Sums over what an operand was broadcast along. */
  private Node reduced(Node full, Shape shape) {
    Node columns = shape.columns() == full.shape().columns() ? full : graph.rowSum(full);
    return shape.rows() == columns.shape().rows() ? columns : graph.columnSum(columns);
  }

  private void contribute(Node node, Node gradient) {
    gradients.merge(node, gradient, graph::add);
  }
}
