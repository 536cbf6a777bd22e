package dev.anneal.nn;

import dev.anneal.core.lane.Lane;
import dev.anneal.nn.graph.Graph;
import dev.anneal.nn.graph.Node;
import java.util.Locale;

/** How far numbers are from those that they should be: the mean over a sample's outputs. */
public enum Regression implements Loss {
  /** The square of the difference. */
  MEAN_SQUARED_ERROR {
    @Override
    Lane of(Lane difference) {
      return difference.power(2);
    }
  },
  /** The magnitude of the difference; its gradient at 0 is 0. */
  MEAN_ABSOLUTE_ERROR {
    @Override
    Lane of(Lane difference) {
      return difference.abs();
    }
  };

  abstract Lane of(Lane difference);

  @Override
  public Node forward(Graph graph, Node output, Node labels) {
    return mean(graph, of(DIFFERENCE), output, labels);
  }

  @Override
  public int classes(int outputs) {
    return 0;
  }

  @Override
  public String kind() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Of an output and its label. */
  static final Lane DIFFERENCE = new Lane.Element(0).minus(new Lane.Element(1));

  static Node mean(Graph graph, Lane each, Node output, Node labels) {
    return graph.rowMean(graph.elementwise(each, output, labels));
  }
}
