package dev.anneal.nn.loss;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.nn.graph.Graph;
import dev.anneal.nn.graph.Node;
import dev.anneal.nn.model.Loss;

/**
 * By how much a margin of 1 is missed. For one column x, with labels 0 and 1 read as -1 and 1:
 * {@code max(0, 1 - x y)}. For one column a class: {@code max(0, 1 + the largest of the others -
 * x[y])} (Crammer and Singer, 2001).
 */
@Plugin(
    name = "hinge",
    summary = "by how much a margin of 1 between the right class and any other is missed",
    source = "Crammer and Singer 2001")
public record Hinge() implements Loss {
  @Override
  public Node forward(Graph graph, Node output, Node labels) {
    Expression x = new Expression.Operand(0);
    Expression y = new Expression.Operand(1);
    Expression zero = Expression.of(0);
    int classes = output.shape().columns();
    if (classes == 1) {
      Expression sign = y.times(2).plus(-1);
      return graph.elementwise(Expression.of(1).minus(x.times(sign)).max(zero), output, labels);
    }
    Node right = graph.oneHot(labels, classes);
    Expression others = Expression.of(0.5).ifLess(y, Expression.of(-Float.MAX_VALUE), x);
    Node largest = graph.rowMax(graph.elementwise(others, output, right));
    Node chosen = graph.rowSum(graph.multiply(output, right));
    return graph.elementwise(x.minus(y).plus(1).max(zero), largest, chosen);
  }

  @Override
  public String kind() {
    return "hinge";
  }
}
