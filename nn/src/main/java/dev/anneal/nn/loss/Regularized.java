package dev.anneal.nn.loss;

import dev.anneal.api.InputException;
import dev.anneal.api.expression.Expression;
import dev.anneal.nn.graph.Graph;
import dev.anneal.nn.graph.NamePattern;
import dev.anneal.nn.graph.Node;
import dev.anneal.nn.graph.Parameter;
import dev.anneal.nn.model.Loss;
import java.util.List;

/**
 * A loss with a price on weights: {@code l1 sum(|w|) + l2 sum(w^2)} is added to the loss of each
 * sample, and so once to their mean. As in Keras, it counts in evaluation too. Several prices are
 * several of these, one around the other.
 *
 * @param loss what the price is added to
 * @param parameters whose weights: a {@linkplain NamePattern pattern} such as {@code
 *     dense_1.kernel}, as groups have it
 * @param l1 the factor of the magnitudes, at least 0
 * @param l2 the factor of the squares, at least 0
 */
public record Regularized(Loss loss, String parameters, double l1, double l2) implements Loss {
  /** Checks the factors. */
  public Regularized {
    check("l1", l1);
    check("l2", l2);
  }

  private static void check(String name, double factor) {
    if (!(factor >= 0 && factor < Double.POSITIVE_INFINITY)) {
      throw new InputException(
          "regularization: %s must be in [0, inf), not %s".formatted(name, factor));
    }
  }

  @Override
  public Node forward(Graph graph, Node output, Node labels) {
    Node sum = loss.forward(graph, output, labels);
    Expression w = new Expression.Operand(0);
    Expression magnitude = w.abs().times(l1);
    Expression square = w.power(2).times(l2);
    Expression price = l1 == 0 ? square : l2 == 0 ? magnitude : magnitude.plus(square);
    for (Parameter parameter : chosen(graph)) {
      Node prices = graph.elementwise(price, graph.read(parameter));
      sum = graph.add(sum, graph.rowSum(graph.columnSum(prices)));
    }
    return sum;
  }

  private List<Parameter> chosen(Graph graph) {
    NamePattern pattern = new NamePattern(parameters);
    List<Parameter> trained = graph.parameters().stream().filter(Parameter::trained).toList();
    List<Parameter> chosen = trained.stream().filter(pattern).toList();
    if (chosen.isEmpty()) {
      throw new InputException(
          "regularization: no weights are named %s; there are %s"
              .formatted(parameters, trained.stream().map(Parameter::name).toList()));
    }
    return chosen;
  }

  @Override
  public int classes(int outputs) {
    return loss.classes(outputs);
  }

  @Override
  public int labels(int outputs) {
    return loss.labels(outputs);
  }

  @Override
  public boolean weighted() {
    return loss.weighted();
  }

  @Override
  public String kind() {
    return loss.kind();
  }
}
