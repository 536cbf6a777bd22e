package dev.anneal.nn.graph;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a plan computes for a batch: a list of nodes, operands first, and which of them are the
 * results.
 *
 * @param nodes all nodes to compute
 * @param output what the model predicts
 * @param scores what decides the predicted class: the logits where there are some, else the output
 * @param loss the loss of each sample, [batch x 1]
 * @param gradients the gradient of the mean loss for each trained parameter; empty for evaluation
 */
public record Program(
    List<Node> nodes, Node output, Node scores, Node loss, Map<Parameter, Node> gradients) {

  /**
   * Fuses and differentiates.
   *
   * @param graph holds the nodes
   * @param output what the model predicts
   * @param loss the loss of each sample, [batch x 1]
   * @param trained the parameters to derive gradients for; none for evaluation
   * @return the program
   */
  public static Program of(Graph graph, Node output, Node loss, List<Parameter> trained) {
    Node scores = graph.logits(output).orElse(output);
    List<Node> forward = Elementwise.fuse(graph, List.of(output, scores, loss));
    Map<Parameter, Node> gradients = Gradients.of(graph, forward.getLast(), trained);
    List<Node> roots = new ArrayList<>(forward);
    roots.addAll(gradients.values());
    List<Node> fused = Elementwise.fuse(graph, roots);
    Iterator<Node> each = fused.listIterator(forward.size());
    Map<Parameter, Node> fusedGradients = new LinkedHashMap<>();
    gradients.keySet().forEach(parameter -> fusedGradients.put(parameter, each.next()));
    return new Program(
        Graphs.ancestors(fused), fused.get(0), fused.get(1), fused.get(2), fusedGradients);
  }
}
