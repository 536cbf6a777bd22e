package dev.anneal.nn;

import dev.anneal.nn.graph.Graph;
import dev.anneal.nn.graph.Node;
import dev.anneal.nn.graph.Program;
import java.util.List;

/** A model written out as nodes. */
record Traced(Scope scope, Node output) {
  static Traced of(Model model, boolean training) {
    Graph graph = new Graph();
    Scope scope = new Scope(graph, "", training);
    return new Traced(scope, model.forward(scope, graph.features(model.features())));
  }

  Graph graph() {
    return scope.graph();
  }

  /** The computation of a step; with gradients if the model trains. */
  Program program(Loss loss) {
    Node each = loss.forward(graph(), output, graph().labels());
    return Program.of(graph(), output, each, scope.training() ? graph().parameters() : List.of());
  }
}
