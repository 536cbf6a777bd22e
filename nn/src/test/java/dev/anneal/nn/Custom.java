package dev.anneal.nn;

import dev.anneal.core.lane.Lane;
import dev.anneal.nn.graph.Node;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** A stranger's layer: any computation on nodes. */
record Custom(BiFunction<Scope, Node, Node> body) implements Layer {
  static Custom of(UnaryOperator<Lane> function) {
    Lane x = new Lane.Element(0);
    return new Custom((scope, node) -> scope.graph().elementwise(function.apply(x), node));
  }

  @Override
  public Node forward(Scope scope, Node input) {
    return body.apply(scope, input);
  }

  @Override
  public String kind() {
    return "custom";
  }
}
