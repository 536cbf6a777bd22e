package dev.anneal.nn.loss;

import dev.anneal.api.InputException;
import dev.anneal.api.expression.Expression;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.nn.graph.Graph;
import dev.anneal.nn.graph.Node;
import dev.anneal.nn.model.Loss;

/**
 * The pinball loss, {@code max(q d, (q - 1) d)} of the difference d from prediction to label; the
 * mean over a sample's outputs. The prediction that minimizes its expectation is the q-quantile of
 * the label: it is not exceeded with probability q. At 0.5, the median, it is half the absolute
 * error.
 *
 * <p>Source: Koenker and Bassett, "Regression quantiles", Econometrica 46, 1978.
 *
 * @param q which quantile, in (0, 1)
 */
@Plugin(
    name = "quantile",
    summary = "the mean over outputs of max(q (y - p), (q - 1) (y - p)), least at the q-quantile",
    source = "Koenker and Bassett 1978")
public record Quantile(
    @Param(value = "which quantile", byDefault = "0.5", range = "(0, 1)") double q)
    implements Loss {
  /** Checks q. */
  public Quantile {
    if (!(q > 0 && q < 1)) {
      throw new InputException("quantile: q must be in (0, 1), not " + q);
    }
  }

  @Override
  public Node forward(Graph graph, Node output, Node labels) {
    Expression above = Regression.DIFFERENCE.times(1 - q);
    Expression below = Regression.DIFFERENCE.times(-q);
    return Regression.mean(graph, above.max(below), output, labels);
  }

  @Override
  public int classes(int outputs) {
    return 0;
  }

  @Override
  public String kind() {
    return "quantile";
  }
}
