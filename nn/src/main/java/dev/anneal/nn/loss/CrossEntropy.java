package dev.anneal.nn.loss;

import dev.anneal.api.expression.Expression;
import dev.anneal.nn.graph.Graph;
import dev.anneal.nn.graph.Node;
import dev.anneal.nn.model.Loss;

/**
 * Minus the logarithm of the probability that the model gives to the label, in nats. It is computed
 * from the logits: where a model ends in softmax or sigmoid, from what went into that; any other
 * output is taken for logits. So no probability rounds to 0 on the way.
 */
public enum CrossEntropy implements Loss {
  /** For one column and labels 0 and 1: {@code log(1 + e^x) - x y}. */
  BINARY {
    @Override
    public Node forward(Graph graph, Node output, Node labels) {
      Expression x = new Expression.Operand(0);
      Expression y = new Expression.Operand(1);
      return graph.elementwise(x.softplus().minus(x.times(y)), logits(graph, output), labels);
    }

    @Override
    public String kind() {
      return "binary-cross-entropy";
    }
  },
  /** For one column a class and labels that number the columns: {@code log(sum(e^x)) - x[y]}. */
  SPARSE_CATEGORICAL {
    @Override
    public Node forward(Graph graph, Node output, Node labels) {
      Node logits = logits(graph, output);
      Node chosen =
          graph.rowSum(graph.multiply(logits, graph.oneHot(labels, logits.shape().columns())));
      Expression total = new Expression.Operand(0);
      return graph.elementwise(
          total.minus(new Expression.Operand(1)), graph.logSumExp(logits), chosen);
    }

    @Override
    public String kind() {
      return "sparse-categorical-cross-entropy";
    }
  };

  private static Node logits(Graph graph, Node output) {
    return graph.logits(output).orElse(output);
  }
}
