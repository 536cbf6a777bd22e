package dev.anneal.nn;

import dev.anneal.core.InputException;
import dev.anneal.core.lane.Lane;
import dev.anneal.nn.graph.Graph;
import dev.anneal.nn.graph.Initializer;
import dev.anneal.nn.graph.Node;

/**
 * Gives the numbers of each sample mean 0 and variance 1, then scales and shifts each column by
 * weights of its own: {@code (x - mean) / sqrt(variance + epsilon) scale + shift} (Ba et al.,
 * 2016). The variance is that of the numbers themselves, divided by their count.
 *
 * @param epsilon keeps the root away from 0, more than 0
 */
public record LayerNormalization(double epsilon) implements Layer {
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
    Node scale = scope.weights("scale", 1, columns, Initializer.ONES);
    Node shift = scope.weights("shift", 1, columns, Initializer.ZEROS);
    Node mean = graph.rowMean(input);
    Node variance = graph.rowMean(squaredDistance(graph, input, mean));
    return normalized(graph, epsilon, input, mean, variance, scale, shift);
  }

  @Override
  public String kind() {
    return "layer_normalization";
  }

  static Node squaredDistance(Graph graph, Node input, Node mean) {
    Lane distance = new Lane.Element(0).minus(new Lane.Element(1));
    return graph.elementwise(distance.power(2), input, mean);
  }

  static Node normalized(
      Graph graph, double epsilon, Node input, Node mean, Node variance, Node scale, Node shift) {
    Lane deviation = new Lane.Element(0).plus(epsilon).sqrt();
    Lane distance = new Lane.Element(0).minus(new Lane.Element(1));
    Lane x = distance.over(new Lane.Element(2));
    return graph.elementwise(
        x.times(new Lane.Element(3)).plus(new Lane.Element(4)),
        input,
        mean,
        graph.elementwise(deviation, variance),
        scale,
        shift);
  }
}
