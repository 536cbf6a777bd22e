package dev.anneal.nn.loss;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.nn.graph.Graph;
import dev.anneal.nn.graph.Node;
import dev.anneal.nn.model.Loss;
import java.util.Locale;

/** How far numbers are from those that they should be: the mean over a sample's outputs. */
public enum Regression implements Loss {
  /** The square of the difference. */
  @Plugin(name = "mean-squared-error", summary = "the mean over outputs of (p - y)^2")
  MEAN_SQUARED_ERROR {
    @Override
    Expression of(Expression difference) {
      return difference.power(2);
    }
  },
  /** The magnitude of the difference; its gradient at 0 is 0. */
  @Plugin(name = "mean-absolute-error", summary = "the mean over outputs of |p - y|")
  MEAN_ABSOLUTE_ERROR {
    @Override
    Expression of(Expression difference) {
      return difference.abs();
    }
  };

  abstract Expression of(Expression difference);

  @Override
  public Node forward(Graph graph, Node output, Node labels) {
    return mean(graph, of(DIFFERENCE), output, labels);
  }

  @Override
  public int classes(int outputs) {
    return 0;
  }

  @Override
  public String kind() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Of an output and its label. */
  static final Expression DIFFERENCE = new Expression.Operand(0).minus(new Expression.Operand(1));

  static Node mean(Graph graph, Expression each, Node output, Node labels) {
    return graph.rowMean(graph.elementwise(each, output, labels));
  }
}
