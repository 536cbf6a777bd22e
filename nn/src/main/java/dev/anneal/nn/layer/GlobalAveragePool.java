package dev.anneal.nn.layer;

import dev.anneal.api.expression.Expression;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.nn.graph.Graph;
import dev.anneal.nn.graph.Node;
import dev.anneal.nn.model.Layer;
import dev.anneal.nn.model.Scope;
import java.util.List;

/** The mean of each channel over all pixels of an image, or all steps of a sequence. */
@Plugin(name = "global-average-pool", summary = "the mean of each channel over the whole image")
public record GlobalAveragePool() implements Layer {
  @Override
  public Node forward(Scope scope, Node input) {
    Graph graph = scope.graph();
    int channels = Images.of(input).channels();
    Node sum = graph.axisSum(Images.pixels(graph, input), 0);
    double pixels = (double) input.shape().columns() / channels;
    return graph.withAxes(
        graph.elementwise(new Expression.Operand(0).times(1 / pixels), sum), List.of(channels));
  }

  @Override
  public String kind() {
    return "global_average_pool";
  }
}
