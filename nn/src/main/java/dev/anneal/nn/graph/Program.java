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
 * @param assignments what parameters that are not trained become at the end of the step
 */
public record Program(
    List<Node> nodes,
    Node output,
    Node scores,
    Node loss,
    Map<Parameter, Node> gradients,
    Map<Parameter, Node> assignments) {

  /**
   * Fuses and differentiates.
   *
   * @param graph holds the nodes
   * @param output what the model predicts
   * @param loss the loss of each sample, [batch x 1]
   * @param parameters to derive gradients for, where they are trained; none for evaluation
   * @return the program
   */
  public static Program of(Graph graph, Node output, Node loss, List<Parameter> parameters) {
    Node scores = graph.logits(output).orElse(output);
    List<Node> wanted = new ArrayList<>(List.of(output, scores, loss));
    wanted.addAll(graph.assignments().values());
    List<Node> forward = Elementwise.fuse(graph, Flat.of(graph, wanted));
    List<Parameter> trained = parameters.stream().filter(Parameter::trained).toList();
    Map<Parameter, Node> gradients = Gradients.of(graph, forward.get(2), trained);
    List<Node> roots = new ArrayList<>(forward);
    roots.addAll(gradients.values());
    List<Node> fused = Elementwise.fuse(graph, roots);
    Iterator<Node> each = fused.listIterator(3);
    Map<Parameter, Node> assigned = renewed(graph.assignments(), each);
    return new Program(
        Graphs.ancestors(fused),
        fused.get(0),
        fused.get(1),
        fused.get(2),
        renewed(gradients, each),
        assigned);
  }

  private static Map<Parameter, Node> renewed(Map<Parameter, Node> old, Iterator<Node> each) {
    Map<Parameter, Node> renewed = new LinkedHashMap<>();
    old.keySet().forEach(parameter -> renewed.put(parameter, each.next()));
    return renewed;
  }
}
