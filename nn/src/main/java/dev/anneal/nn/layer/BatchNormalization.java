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
 * Gives each column, or each channel of images, mean 0 and variance 1, then scales and shifts it by
 * weights: {@code (x - mean) / sqrt(variance + epsilon) scale + shift} (Ioffe and Szegedy, 2015).
 * While training, mean and variance are those of the batch, and running ones follow them: {@code
 * running = momentum running + (1 - momentum) batch}. In evaluation the running ones are used. As
 * in Keras, both variances are divided by the count.
 *
 * @param momentum how slowly the running values follow, in [0, 1)
 * @param epsilon keeps the root away from 0, more than 0
 * @param whenFrozen what it does while its scale is frozen
 */
@Plugin(
    name = "batch-normalization",
    summary = "gives each column of a batch mean 0 and variance 1, then scales and shifts it",
    source = "Ioffe and Szegedy, 2015")
public record BatchNormalization(
    @Param(value = "how slowly the running values follow", byDefault = "0.99", range = "[0, 1)")
        double momentum,
    @Param(value = "keeps the root away from 0", byDefault = "0.001", range = "(0, inf)")
        double epsilon,
    @Param(
            value =
                "while frozen, use and follow the batch's values (PyTorch), or use the running ones"
                    + " as they are (Keras)",
            byDefault = "batch")
        WhenFrozen whenFrozen)
    implements Layer {
  /** What normalizes while the group of the layer is frozen. */
  public enum WhenFrozen {
    /**
     * Mean and variance of the batch, which the running ones follow: only scale and shift are
     * frozen, as when PyTorch's {@code requires_grad} is off.
     */
    BATCH,

    /** The running mean and variance, which stay as they are: Keras's {@code trainable = False}. */
    RUNNING
  }

  /** Checks the numbers. */
  public BatchNormalization {
    if (!(momentum >= 0 && momentum < 1)) {
      throw new InputException("batch normalization: momentum must be in [0, 1), not " + momentum);
    }
    LayerNormalization.checkEpsilon("batch normalization", epsilon);
  }

  /** With Keras's momentum, 0.99, and epsilon, 0.001. */
  public BatchNormalization() {
    this(0.99, 1e-3);
  }

  /**
   * Of which only the weights freeze.
   *
   * @param momentum how slowly the running values follow, in [0, 1)
   * @param epsilon keeps the root away from 0, more than 0
   */
  public BatchNormalization(double momentum, double epsilon) {
    this(momentum, epsilon, WhenFrozen.BATCH);
  }

  @Override
  public Node forward(Scope scope, Node input) {
    Graph graph = scope.graph();
    int columns = input.shape().axes().getLast();
    Node scale = scope.weights("scale", 1, columns, Initializer.ONES);
    Node shift = scope.weights("shift", 1, columns, Initializer.ZEROS);
    Node runningMean = scope.state("running_mean", 1, columns, Initializer.ZEROS);
    Node runningVariance = scope.state("running_variance", 1, columns, Initializer.ONES);
    Node mean = runningMean;
    Node variance = runningVariance;
    if (scope.training() && !(whenFrozen == WhenFrozen.RUNNING && scope.frozen(scale))) {
      mean = channelMean(graph, input);
      variance = channelMean(graph, LayerNormalization.squaredDistance(graph, input, mean));
      scope.follow(runningMean, mean, momentum);
      scope.follow(runningVariance, variance, momentum);
    }
    return LayerNormalization.normalized(graph, epsilon, input, mean, variance, scale, shift);
  }

  /** Over the samples, and over the pixels of each. */
  private static Node channelMean(Graph graph, Node input) {
    if (input.shape().axes().size() == 1) {
      return graph.columnMean(input);
    }
    Node pixels = Images.pixels(graph, input);
    int channels = input.shape().axes().getLast();
    Node sum = graph.withAxes(graph.axisSum(pixels, 0), List.of(channels));
    double count = pixels.shape().axes().getFirst();
    return graph.columnMean(graph.elementwise(new Expression.Operand(0).times(1 / count), sum));
  }

  @Override
  public String kind() {
    return "batch_normalization";
  }
}
