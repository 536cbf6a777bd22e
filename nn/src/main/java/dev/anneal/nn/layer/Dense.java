package dev.anneal.nn.layer;

import dev.anneal.api.InputException;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.nn.graph.Initializer;
import dev.anneal.nn.graph.Node;
import dev.anneal.nn.model.Layer;
import dev.anneal.nn.model.Scope;

/**
 * Every output is a weighted sum of every input, plus a bias: {@code x W + b}. All numbers of a
 * sample are inputs, also those of an image.
 *
 * @param units how many outputs, at least 1
 * @param kernel where W starts
 * @param bias where b starts
 */
@Plugin(name = "dense", summary = "x W + b: every output is a weighted sum of every input")
public record Dense(
    @Param(value = "how many outputs", range = "[1, inf)") int units,
    @Param(value = "where W starts", byDefault = "glorot-uniform") Initializer kernel,
    @Param(value = "where b starts", byDefault = "zeros") Initializer bias)
    implements Layer {
  /** Checks the number of outputs. */
  public Dense {
    if (units < 1) {
      throw new InputException("dense: units must be at least 1, not " + units);
    }
  }

  /**
   * A dense layer that starts as Keras's does: Glorot uniform weights, zero biases.
   *
   * @param units how many outputs, at least 1
   */
  public Dense(int units) {
    this(units, Initializer.GLOROT_UNIFORM, Initializer.ZEROS);
  }

  @Override
  public Node forward(Scope scope, Node input) {
    Node w = scope.weights("kernel", input.shape().columns(), units, kernel);
    Node b = scope.weights("bias", 1, units, bias);
    return scope.graph().add(scope.graph().product(input, w), b);
  }

  @Override
  public String kind() {
    return "dense";
  }
}
