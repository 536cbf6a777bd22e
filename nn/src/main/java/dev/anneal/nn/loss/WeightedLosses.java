package dev.anneal.nn.loss;

import dev.anneal.api.InputException;
import dev.anneal.api.expression.Expression;
import dev.anneal.nn.graph.Graph;
import dev.anneal.nn.graph.Node;
import dev.anneal.nn.model.Loss;
import java.util.List;

/**
 * Several losses at once, each on columns of its own: the loss of a sample is the sum of theirs,
 * weighted. The first head has the first columns of the model's output and of the labels, and so
 * on. A head for classes has one number of the label, any other one for each output; so the labels
 * are rows of numbers, and there is no accuracy.
 *
 * @param heads at least one
 */
public record WeightedLosses(List<Head> heads) implements Loss {
  /**
   * A loss on some of the outputs.
   *
   * @param outputs how many
   * @param loss the loss
   * @param weight its factor in the sum, at least 0
   */
  public record Head(int outputs, Loss loss, double weight) {
    /** Checks the numbers. */
    public Head {
      if (outputs < 1 || !(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
        throw new InputException(
            "%s: at least 1 output and a weight in [0, inf) are needed, not %d and %s"
                .formatted(loss.kind(), outputs, weight));
      }
      if (loss.weighted()) {
        throw new InputException(
            loss.kind() + ": samples are weighted for all heads at once, around them");
      }
    }

    private int labels() {
      return loss.labels(outputs);
    }
  }

  /** Checks and copies. */
  public WeightedLosses {
    heads = List.copyOf(heads);
    if (heads.isEmpty()) {
      throw new InputException("heads: at least one loss is needed");
    }
  }

  /**
   * Several losses at once.
   *
   * @param heads in the order of the model's outputs
   * @return the loss
   */
  public static WeightedLosses of(Head... heads) {
    return new WeightedLosses(List.of(heads));
  }

  @Override
  public Node forward(Graph graph, Node output, Node labels) {
    Expression sum = Expression.of(0);
    Node[] losses = new Node[heads.size()];
    int column = 0;
    int label = 0;
    for (int i = 0; i < losses.length; i++) {
      Head head = heads.get(i);
      losses[i] =
          head.loss.forward(
              graph,
              graph.slice(output, column, column + head.outputs),
              graph.slice(labels, label, label + head.labels()));
      Expression weighted = new Expression.Operand(i).times(head.weight);
      sum = i == 0 ? weighted : sum.plus(weighted);
      column += head.outputs;
      label += head.labels();
    }
    return graph.elementwise(sum, losses);
  }

  @Override
  public int classes(int outputs) {
    return 0;
  }

  @Override
  public int labels(int outputs) {
    int taken = heads.stream().mapToInt(Head::outputs).sum();
    if (taken != outputs) {
      throw new InputException(
          "the heads have %d outputs, but the model has %d".formatted(taken, outputs));
    }
    return heads.stream().mapToInt(Head::labels).sum();
  }

  @Override
  public String kind() {
    return "heads";
  }
}
