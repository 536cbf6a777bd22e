package dev.anneal.nn;

import dev.anneal.core.lane.Lane;
import dev.anneal.nn.graph.Graph;
import dev.anneal.nn.graph.Node;

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
    Lane p = new Lane.Element(0).minus(new Lane.Element(1));
    Lane y = new Lane.Element(2);
    Lane term = y.times(y.log().minus(p));
    return graph.rowSum(
        graph.elementwise(
            Lane.of(0).ifLess(y, term, Lane.of(0)), logits, graph.logSumExp(logits), labels));
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
