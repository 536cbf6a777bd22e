package dev.anneal.nn.model;

import dev.anneal.api.InputException;
import dev.anneal.nn.graph.Node;
import java.util.function.BiFunction;

/** A model of any computation. */
record FunctionalModel(int features, BiFunction<Scope, Node, Node> body) implements Model {
  FunctionalModel {
    if (features < 1) {
      throw new InputException("a model needs at least one feature");
    }
  }

  @Override
  public Node forward(Scope scope, Node input) {
    return body.apply(scope, input);
  }
}
