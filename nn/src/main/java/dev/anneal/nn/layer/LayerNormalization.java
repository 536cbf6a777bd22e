package dev.anneal.nn.layer;

import dev.anneal.api.InputException;
import dev.anneal.api.expression.Expression;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.nn.graph.Graph;
import dev.anneal.nn.graph.Initializer;
import dev.anneal.nn.graph.Node;
import dev.anneal.nn.model.Layer;
import dev.anneal.nn.model.Scope;
import java.util.List;

/**
 * Gives the numbers of each sample mean 0 and variance 1, then scales and shifts each column by
 * weights of its own: {@code (x - mean) / sqrt(variance + epsilon) scale + shift} (Ba et al.,
 * 2016). The variance is that of the numbers themselves, divided by their count.
 *
 * @param epsilon keeps the root away from 0, more than 0
 */
@Plugin(
    name = "layer-normalization",
    summary = "gives the numbers of each sample mean 0 and variance 1, then scales and shifts them",
    source = "Ba et al., 2016")
public record LayerNormalization(
    @Param(value = "keeps the root away from 0", byDefault = "0.001", range = "(0, inf)")
        double epsilon)
    implements Layer {
  /** Checks epsilon. */
  public LayerNormalization {
    checkEpsilon("layer normalization", epsilon);
  }

  /** With Keras's epsilon, 0.001. */
  public LayerNormalization() {
    this(1e-3);
  }

  static void checkEpsilon(String layer, double epsilon) {
    if (!(epsilon > 0 && epsilon < Double.POSITIVE_INFINITY)) {
      throw new InputException(layer + ": epsilon must be in (0, inf), not " + epsilon);
    }
  }

  @Override
  public Node forward(Scope scope, Node input) {
    Graph graph = scope.graph();
    int columns = input.shape().columns();
    Node row = graph.withAxes(input, List.of(columns));
    Node scale = scope.weights("scale", 1, columns, Initializer.ONES);
    Node shift = scope.weights("shift", 1, columns, Initializer.ZEROS);
    Node mean = graph.rowMean(row);
    Node variance = graph.rowMean(squaredDistance(graph, row, mean));
    return graph.withAxes(
        normalized(graph, epsilon, row, mean, variance, scale, shift), input.shape().axes());
  }

  @Override
  public String kind() {
    return "layer_normalization";
  }

  static Node squaredDistance(Graph graph, Node input, Node mean) {
    Expression distance = new Expression.Operand(0).minus(new Expression.Operand(1));
    return graph.elementwise(distance.power(2), input, mean);
  }

  static Node normalized(
      Graph graph, double epsilon, Node input, Node mean, Node variance, Node scale, Node shift) {
    Expression deviation = new Expression.Operand(0).plus(epsilon).sqrt();
    Expression distance = new Expression.Operand(0).minus(new Expression.Operand(1));
    Expression x = distance.dividedBy(new Expression.Operand(2));
    return graph.elementwise(
        x.times(new Expression.Operand(3)).plus(new Expression.Operand(4)),
        input,
        mean,
        graph.elementwise(deviation, variance),
        scale,
        shift);
  }
}
