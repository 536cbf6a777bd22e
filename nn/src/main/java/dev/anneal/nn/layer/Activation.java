package dev.anneal.nn.layer;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.nn.graph.Node;
import dev.anneal.nn.model.Layer;
import dev.anneal.nn.model.Scope;
import java.util.Locale;

/** A function of each number, or of each row. */
public enum Activation implements Layer {
  /** {@code max(x, 0)}; its gradient at 0 is 0. */
  @Plugin(name = "relu", summary = "max(x, 0)")
  RELU {
    @Override
    public Node forward(Scope scope, Node input) {
      return scope.graph().elementwise(X.max(Expression.of(0)), input);
    }
  },
  /** {@code 1 / (1 + e^-x)}. */
  @Plugin(name = "sigmoid", summary = "1 / (1 + e^-x)")
  SIGMOID {
    @Override
    public Node forward(Scope scope, Node input) {
      return scope.graph().sigmoid(input);
    }
  },
  /** The hyperbolic tangent. */
  @Plugin(name = "tanh", summary = "the hyperbolic tangent")
  TANH {
    @Override
    public Node forward(Scope scope, Node input) {
      return scope.graph().elementwise(X.tanh(), input);
    }
  },
  /**
   * {@code x / 2 (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3)))}: the form that Hendrycks and Gimpel
   * (2016) give beside the one with the error function, at most 5e-4 from it. Keras and PyTorch
   * call it {@code approximate}.
   */
  @Plugin(name = "gelu", summary = "x Phi(x), in the form with tanh")
  GELU {
    @Override
    public Node forward(Scope scope, Node input) {
      Expression inner = X.plus(X.power(3).times(0.044715)).times(Math.sqrt(2 / Math.PI));
      return scope.graph().elementwise(X.times(0.5).times(inner.tanh().plus(1)), input);
    }
  },
  /** {@code x / (1 + e^-x)}, also named swish (Ramachandran et al., 2017). */
  @Plugin(name = "silu", summary = "x / (1 + e^-x)")
  SILU {
    @Override
    public Node forward(Scope scope, Node input) {
      return scope.graph().elementwise(X.times(X.sigmoid()), input);
    }
  },
  /** {@code log(1 + e^x)}. */
  @Plugin(name = "softplus", summary = "log(1 + e^x)")
  SOFTPLUS {
    @Override
    public Node forward(Scope scope, Node input) {
      return scope.graph().elementwise(X.softplus(), input);
    }
  },
  /** {@code x}, or {@code x / 100} where that is negative; its gradient at 0 is 1. */
  @Plugin(name = "leaky-relu", summary = "x, or x / 100 where that is negative")
  LEAKY_RELU {
    @Override
    public Node forward(Scope scope, Node input) {
      return scope.graph().elementwise(X.ifLess(Expression.of(0), X.times(0.01), X), input);
    }
  },
  /** {@code x}, or {@code e^x - 1} where that is negative (Clevert et al., 2016). */
  @Plugin(name = "elu", summary = "x, or e^x - 1 where that is negative")
  ELU {
    @Override
    public Node forward(Scope scope, Node input) {
      return scope.graph().elementwise(X.ifLess(Expression.of(0), X.exp().plus(-1), X), input);
    }
  },
  /** {@code e^x} of each number over their sum in the row. */
  @Plugin(name = "softmax", summary = "e^x of each number over their sum in the row")
  SOFTMAX {
    @Override
    public Node forward(Scope scope, Node input) {
      return scope.graph().softmax(input);
    }
  };

  private static final Expression X = new Expression.Operand(0);

  @Override
  public String kind() {
    return name().toLowerCase(Locale.ROOT);
  }
}
