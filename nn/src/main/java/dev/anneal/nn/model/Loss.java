package dev.anneal.nn.model;

import dev.anneal.api.plugin.PluginKind;
import dev.anneal.nn.graph.Graph;
import dev.anneal.nn.graph.Node;

/** How wrong a prediction is. Written forward only, like a layer. */
@PluginKind("loss")
public interface Loss {
  /**
   * Describes the loss of each sample.
   *
   * @param graph makes nodes
   * @param output what the model predicts, [batch x columns]
   * @param labels [batch x labels]
   * @return [batch x 1]
   */
  Node forward(Graph graph, Node output, Node labels);

  /**
   * The number of classes of the labels.
   *
   * @param outputs columns of the prediction
   * @return 0 if labels are real numbers
   */
  default int classes(int outputs) {
    return Math.max(2, outputs);
  }

  /**
   * How many numbers the label of a sample has.
   *
   * @param outputs columns of the prediction
   * @return 1 for classes; one for each output where labels are real numbers; 0 if the loss reads
   *     no labels, so that those of the data are of any kind
   */
  default int labels(int outputs) {
    return classes(outputs) == 0 ? outputs : 1;
  }

  /**
   * Whether it reads the weight of each sample. That is the last number in its row of labels then,
   * behind those of {@link #labels}.
   *
   * @return false where all samples count the same
   */
  default boolean weighted() {
    return false;
  }

  /**
   * Its name in reports.
   *
   * @return lower case, words joined by hyphens
   */
  String kind();
}
