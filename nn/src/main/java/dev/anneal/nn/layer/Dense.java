package dev.anneal.nn.layer;

import dev.anneal.api.InputException;
import dev.anneal.nn.graph.Initializer;
import dev.anneal.nn.graph.Node;
import dev.anneal.nn.model.Layer;
import dev.anneal.nn.model.Scope;

/**
 * Every output is a weighted sum of every input, plus a bias: {@code x W + b}.
 *
 * @param units how many outputs, at least 1
 * @param kernel where W starts
 * @param bias where b starts
 */
public record Dense(int units, Initializer kernel, Initializer bias) implements Layer {
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
