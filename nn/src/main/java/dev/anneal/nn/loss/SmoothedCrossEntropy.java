package dev.anneal.nn.loss;

import dev.anneal.api.InputException;
import dev.anneal.api.expression.Expression;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.nn.graph.Graph;
import dev.anneal.nn.graph.Node;
import dev.anneal.nn.model.Loss;
import java.util.Arrays;
import java.util.List;

/**
 * {@link CrossEntropy} with smoothed labels and weighted classes. Smoothing takes {@code smoothing}
 * from the label's class and shares it equally among all K classes (Szegedy et al., 2016): the
 * label's probability is {@code 1 - smoothing + smoothing / K}. The loss of a sample is multiplied
 * by the weight of its class; the mean over a batch is divided by the number of samples, as in
 * Keras, and not by the sum of their weights, as in PyTorch. Two classes may have one output, the
 * logit of the second, or two. The loss that is reported, of training and validation, is the
 * weighted one.
 *
 * @param smoothing in [0, 1)
 * @param classWeights one for each class, at least 0; none for all 1
 */
@Plugin(
    name = "cross-entropy",
    summary = "minus the logarithm of the label's probability",
    source = "Szegedy et al. 2016")
public record SmoothedCrossEntropy(
    @Param(
            value = "what is taken from the label's class and shared among all",
            byDefault = "0",
            range = "[0, 1)")
        double smoothing,
    @Param(
            value = "factors of the loss, one for each class; none for all 1",
            byDefault = "[]",
            range = "[0, inf)")
        List<Double> classWeights)
    implements Loss {
  /** Checks and copies. */
  public SmoothedCrossEntropy {
    classWeights = List.copyOf(classWeights);
    if (!(smoothing >= 0 && smoothing < 1)) {
      throw new InputException("cross-entropy: smoothing must be in [0, 1), not " + smoothing);
    }
    for (double weight : classWeights) {
      if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
        throw new InputException(
            "cross-entropy: a class weight must be in [0, inf), not " + weight);
      }
    }
  }

  /**
   * Weights that make up for classes of different sizes: all classes together weigh as much as
   * without, and each of them the same. It is {@code n / (k n_c)} for n samples of k classes, as
   * scikit-learn's {@code "balanced"}.
   *
   * @param counts the samples of each class, at least 1
   * @return a weight for each class
   * @throws InputException if there are no classes, or one has no samples
   */
  public static List<Double> balanced(int... counts) {
    long samples = Arrays.stream(counts).asLongStream().sum();
    if (counts.length == 0 || Arrays.stream(counts).anyMatch(count -> count < 1)) {
      throw new InputException(
          "cross-entropy: classes are balanced by their samples, but there are %s"
              .formatted(Arrays.toString(counts)));
    }
    return Arrays.stream(counts)
        .mapToObj(count -> (double) samples / ((double) counts.length * count))
        .toList();
  }

  @Override
  public Node forward(Graph graph, Node output, Node labels) {
    Node logits = graph.logits(output).orElse(output);
    int columns = logits.shape().columns();
    int classes = classes(columns);
    if (!classWeights.isEmpty() && classWeights.size() != classes) {
      throw new InputException(
          "cross-entropy: %d class weights for %d classes".formatted(classWeights.size(), classes));
    }
    Node right = graph.oneHot(labels, classes);
    Node loss = columns == 1 ? binary(graph, logits, labels) : categorical(graph, logits, right);
    if (classWeights.isEmpty()) {
      return loss;
    }
    Node weights = graph.constant(1, classes, classWeights);
    return graph.multiply(loss, graph.rowSum(graph.multiply(right, weights)));
  }

  private Node binary(Graph graph, Node logits, Node labels) {
    Expression x = new Expression.Operand(0);
    Expression y = new Expression.Operand(1).times(1 - smoothing).plus(smoothing / 2);
    return graph.elementwise(x.softplus().minus(x.times(y)), logits, labels);
  }

  private Node categorical(Graph graph, Node logits, Node right) {
    Expression x = new Expression.Operand(0);
    Expression y = new Expression.Operand(1);
    Expression q = y.times(1 - smoothing).plus(smoothing / logits.shape().columns());
    Node expected = graph.rowSum(graph.elementwise(x.times(q), logits, right));
    return graph.elementwise(x.minus(y), graph.logSumExp(logits), expected);
  }

  @Override
  public String kind() {
    return "cross-entropy";
  }
}
