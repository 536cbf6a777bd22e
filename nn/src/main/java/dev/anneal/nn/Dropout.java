package dev.anneal.nn;

import dev.anneal.core.InputException;
import dev.anneal.nn.graph.Node;

/**
 * Sets each number to 0 with probability {@code rate} while training and scales the others by
 * {@code 1 / (1 - rate)}; does nothing otherwise (Srivastava et al., JMLR 2014).
 *
 * @param rate a probability in [0, 1)
 */
public record Dropout(double rate) implements Layer {
  /** Checks the rate. */
  public Dropout {
    check(rate);
  }

  static void check(double rate) {
    if (!(rate >= 0 && rate < 1)) {
      throw new InputException("dropout: rate must be in [0, 1), not " + rate);
    }
  }

  @Override
  public Node forward(Scope scope, Node input) {
    return scope.training() && rate > 0
        ? scope.graph().multiply(input, scope.graph().dropout(input.shape(), rate))
        : input;
  }

  @Override
  public String kind() {
    return "dropout";
  }
}
