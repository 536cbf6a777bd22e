package dev.anneal.nn;

import dev.anneal.core.lane.Lane;
import dev.anneal.nn.graph.Node;
import java.util.Locale;

/** A function of each number, or of each row. */
public enum Activation implements Layer {
  /** {@code max(x, 0)}; its gradient at 0 is 0. */
  RELU {
    @Override
    public Node forward(Scope scope, Node input) {
      return scope.graph().elementwise(X.max(Lane.of(0)), input);
    }
  },
  /** {@code 1 / (1 + e^-x)}. */
  SIGMOID {
    @Override
    public Node forward(Scope scope, Node input) {
      return scope.graph().sigmoid(input);
    }
  },
  /** The hyperbolic tangent. */
  TANH {
    @Override
    public Node forward(Scope scope, Node input) {
      return scope.graph().elementwise(X.tanh(), input);
    }
  },
  /** {@code e^x} of each number over their sum in the row. */
  SOFTMAX {
    @Override
    public Node forward(Scope scope, Node input) {
      return scope.graph().softmax(input);
    }
  };

  private static final Lane X = new Lane.Element(0);

  @Override
  public String kind() {
    return name().toLowerCase(Locale.ROOT);
  }
}
