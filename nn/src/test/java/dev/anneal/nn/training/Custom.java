package dev.anneal.nn.training;

import dev.anneal.api.expression.Expression;
import dev.anneal.nn.graph.Node;
import dev.anneal.nn.model.Layer;
import dev.anneal.nn.model.Scope;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** A stranger's layer: any computation on nodes. */
record Custom(BiFunction<Scope, Node, Node> body) implements Layer {
  static Custom of(UnaryOperator<Expression> function) {
    Expression x = new Expression.Operand(0);
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
