package dev.anneal.nn;

import dev.anneal.core.InputException;
import dev.anneal.nn.graph.Node;
import java.util.function.BiFunction;

/** A model that is any computation. */
record Functional(int features, BiFunction<Scope, Node, Node> body) implements Model {
  Functional {
    if (features < 1) {
      throw new InputException("a model needs at least one feature");
    }
  }

  @Override
  public Node forward(Scope scope, Node input) {
    return body.apply(scope, input);
  }
}
