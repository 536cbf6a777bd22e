package dev.anneal.nn.layer;

import dev.anneal.api.InputException;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.api.schedule.Constant;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.nn.graph.Node;
import dev.anneal.nn.model.Layer;
import dev.anneal.nn.model.Scope;

/**
 * Sets each number to 0 with probability {@code rate} while training and scales the others by
 * {@code 1 / (1 - rate)}; does nothing otherwise (Srivastava et al., JMLR 2014). The rate is a
 * hyper-parameter like those of an optimizer: it is read at each update.
 *
 * @param rate a probability, in [0, 1) at each update
 */
@Plugin(
    name = "dropout",
    summary = "sets numbers to 0 at random while training, and scales the others up",
    source = "Srivastava et al., JMLR 2014")
public record Dropout(
    @Param(value = "the probability, at each update", range = "[0, 1)") Schedule rate)
    implements Layer {
  /** Checks a rate that never changes. */
  public Dropout {
    check(rate);
  }

  /**
   * With a rate that never changes.
   *
   * @param rate a probability in [0, 1)
   */
  public Dropout(double rate) {
    this(constant(rate));
  }

  public static Schedule constant(double rate) {
    check(rate);
    return new Constant(rate);
  }

  public static void check(Schedule rate) {
    if (rate instanceof Constant(double value)) {
      check(value);
    }
  }

  private static void check(double rate) {
    if (!(rate >= 0 && rate < 1)) {
      throw new InputException("dropout: rate must be in [0, 1), not " + rate);
    }
  }

  @Override
  public Node forward(Scope scope, Node input) {
    return scope.dropout(input, rate);
  }

  @Override
  public String kind() {
    return "dropout";
  }
}
