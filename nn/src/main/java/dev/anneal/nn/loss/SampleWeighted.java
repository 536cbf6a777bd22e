package dev.anneal.nn.loss;

import dev.anneal.api.InputException;
import dev.anneal.core.sample.Samples;
import dev.anneal.nn.graph.Graph;
import dev.anneal.nn.graph.Node;
import dev.anneal.nn.model.Loss;

/**
 * A loss that is multiplied by the {@linkplain Samples#weight weight} of its sample. As in Keras
 * the mean over a batch is divided by the number of samples, and not by the sum of their weights: a
 * sample of weight 2 counts as two of weight 1 do, at a rate that is higher by the mean weight. The
 * loss that is reported is the weighted one; accuracy and other measures count all samples the
 * same.
 *
 * @param loss what is multiplied
 */
public record SampleWeighted(Loss loss) implements Loss {
  /** Checks that weights are not read twice. */
  public SampleWeighted {
    if (loss.weighted()) {
      throw new InputException(loss.kind() + ": samples are weighted already");
    }
  }

  @Override
  public Node forward(Graph graph, Node output, Node labels) {
    int own = labels.shape().columns() - 1;
    return graph.multiply(
        loss.forward(graph, output, graph.slice(labels, 0, own)),
        graph.slice(labels, own, own + 1));
  }

  @Override
  public int classes(int outputs) {
    return loss.classes(outputs);
  }

  @Override
  public int labels(int outputs) {
    return loss.labels(outputs);
  }

  @Override
  public boolean weighted() {
    return true;
  }

  @Override
  public String kind() {
    return loss.kind();
  }
}
