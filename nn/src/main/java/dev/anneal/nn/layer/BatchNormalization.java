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

/**
 * Gives each column mean 0 and variance 1, then scales and shifts it by weights: {@code (x - mean)
 * / sqrt(variance + epsilon) scale + shift} (Ioffe and Szegedy, 2015). While training, mean and
 * variance are those of the batch, and running ones follow them: {@code running = momentum running
 * + (1 - momentum) batch}. In evaluation the running ones are used. As in Keras, both variances are
 * divided by the count. A group that is frozen keeps scale and shift as they are; the batch's mean
 * and variance are used, and followed, all the same.
 *
 * @param momentum how slowly the running values follow, in [0, 1)
 * @param epsilon keeps the root away from 0, more than 0
 */
@Plugin(
    name = "batch-normalization",
    summary = "gives each column of a batch mean 0 and variance 1, then scales and shifts it",
    source = "Ioffe and Szegedy, 2015")
public record BatchNormalization(
    @Param(value = "how slowly the running values follow", byDefault = "0.99", range = "[0, 1)")
        double momentum,
    @Param(value = "keeps the root away from 0", byDefault = "0.001", range = "(0, inf)")
        double epsilon)
    implements Layer {
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

  @Override
  public Node forward(Scope scope, Node input) {
    Graph graph = scope.graph();
    int columns = input.shape().columns();
    Node scale = scope.weights("scale", 1, columns, Initializer.ONES);
    Node shift = scope.weights("shift", 1, columns, Initializer.ZEROS);
    Node runningMean = scope.state("running_mean", 1, columns, Initializer.ZEROS);
    Node runningVariance = scope.state("running_variance", 1, columns, Initializer.ONES);
    Node mean = runningMean;
    Node variance = runningVariance;
    if (scope.training()) {
      mean = graph.columnMean(input);
      variance = graph.columnMean(LayerNormalization.squaredDistance(graph, input, mean));
      graph.assign(runningMean, following(graph, runningMean, mean));
      graph.assign(runningVariance, following(graph, runningVariance, variance));
    }
    return LayerNormalization.normalized(graph, epsilon, input, mean, variance, scale, shift);
  }

  private Node following(Graph graph, Node running, Node batch) {
    Expression old = new Expression.Operand(0).times(momentum);
    return graph.elementwise(
        old.plus(new Expression.Operand(1).times(1 - momentum)), running, batch);
  }

  @Override
  public String kind() {
    return "batch_normalization";
  }
}
