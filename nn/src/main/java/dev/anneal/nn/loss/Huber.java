package dev.anneal.nn.loss;

import dev.anneal.api.InputException;
import dev.anneal.api.expression.Expression;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.nn.graph.Graph;
import dev.anneal.nn.graph.Node;
import dev.anneal.nn.model.Loss;

/**
 * Half the square of a difference d up to {@code delta}, and a straight line from there on, {@code
 * delta (|d| - delta / 2)}; the mean over a sample's outputs (Huber, 1964).
 *
 * @param delta where the line begins, more than 0
 */
@Plugin(
    name = "huber",
    summary = "(p - y)^2 / 2 up to a difference of delta, and a straight line from there on",
    source = "Huber 1964")
public record Huber(
    @Param(value = "where the line begins", byDefault = "1", range = "(0, inf)") double delta)
    implements Loss {
  /** Checks delta. */
  public Huber {
    if (!(delta > 0 && delta < Double.POSITIVE_INFINITY)) {
      throw new InputException("huber: delta must be in (0, inf), not " + delta);
    }
  }

  @Override
  public Node forward(Graph graph, Node output, Node labels) {
    Expression distance = Regression.DIFFERENCE.abs();
    Expression square = Regression.DIFFERENCE.power(2).times(0.5);
    Expression line = distance.plus(-delta / 2).times(delta);
    return Regression.mean(
        graph, distance.ifLess(Expression.of(delta), square, line), output, labels);
  }

  @Override
  public int classes(int outputs) {
    return 0;
  }

  @Override
  public String kind() {
    return "huber";
  }
}
