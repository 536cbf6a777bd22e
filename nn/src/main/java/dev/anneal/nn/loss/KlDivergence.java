package dev.anneal.nn.loss;

import dev.anneal.api.expression.Expression;
import dev.anneal.nn.graph.Graph;
import dev.anneal.nn.graph.Node;
import dev.anneal.nn.model.Loss;

/**
 * How far a distribution is from the one that is the label, in nats: {@code sum(y (log y - log
 * p))}, where a term with {@code y = 0} is 0 (Kullback and Leibler, 1951). Like {@link
 * CrossEntropy} it is computed from the logits: what went into the model's softmax, or else its
 * output.
 */
public record KlDivergence() implements Loss {
  @Override
  public Node forward(Graph graph, Node output, Node labels) {
    Node logits = graph.logits(output).orElse(output);
    Expression p = new Expression.Operand(0).minus(new Expression.Operand(1));
    Expression y = new Expression.Operand(2);
    Expression term = y.times(y.log().minus(p));
    return graph.rowSum(
        graph.elementwise(
            Expression.of(0).ifLess(y, term, Expression.of(0)),
            logits,
            graph.logSumExp(logits),
            labels));
  }

  @Override
  public int classes(int outputs) {
    return 0;
  }

  @Override
  public String kind() {
    return "kl-divergence";
  }
}
