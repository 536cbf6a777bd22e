package dev.anneal.nn.loss;

import dev.anneal.api.InputException;
import dev.anneal.api.expression.Expression;
import dev.anneal.nn.graph.Graph;
import dev.anneal.nn.graph.Node;
import dev.anneal.nn.model.Loss;
import java.util.ArrayList;
import java.util.List;

/**
 * How wrong a discriminator is about samples that are real or made up: each column of the output is
 * its logit for one sample, and the loss adds up {@code log(1 + e^-x)} of those that are to be
 * called real and {@code log(1 + e^x)} of the others. A generator that wants its samples to be
 * called real minimizes the first alone. Labels are not read.
 *
 * <p>Source: Goodfellow et al., "Generative adversarial nets", 2014, with the loss for generators
 * that does not saturate.
 *
 * @param real for each column what it should be called
 */
public record AdversarialLoss(List<Boolean> real) implements Loss {
  private static final Expression X = new Expression.Operand(0);

  /** Checks that there is a column. */
  public AdversarialLoss {
    real = List.copyOf(real);
    if (real.isEmpty()) {
      throw new InputException("real-or-fake: needs at least one column");
    }
  }

  /**
   * A loss.
   *
   * @param real for each column what it should be called
   * @return the loss
   */
  public static AdversarialLoss of(Boolean... real) {
    return new AdversarialLoss(List.of(real));
  }

  @Override
  public Node forward(Graph graph, Node output, Node labels) {
    if (output.shape().columns() != real.size()) {
      throw new InputException(
          "real-or-fake: takes %d columns of logits, not %s"
              .formatted(real.size(), output.shape()));
    }
    List<Node> wrongs = new ArrayList<>();
    for (int i = 0; i < real.size(); i++) {
      Expression wrong = real.get(i) ? X.negate() : X;
      wrongs.add(graph.elementwise(wrong.softplus(), graph.slice(output, i, i + 1)));
    }
    return wrongs.stream().reduce(graph::add).orElseThrow();
  }

  @Override
  public int classes(int outputs) {
    return 0;
  }

  @Override
  public int labels(int outputs) {
    return 0;
  }

  @Override
  public String kind() {
    return "real-or-fake";
  }
}
