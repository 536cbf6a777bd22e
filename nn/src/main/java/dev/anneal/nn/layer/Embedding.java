package dev.anneal.nn.layer;

import dev.anneal.api.InputException;
import dev.anneal.api.plugin.Param;
import dev.anneal.api.plugin.Plugin;
import dev.anneal.nn.graph.Initializer;
import dev.anneal.nn.graph.Node;
import dev.anneal.nn.model.Layer;
import dev.anneal.nn.model.Scope;

/**
 * Looks each input up in a table of weights: number i becomes row i. The rows of a sample's inputs
 * stand side by side.
 *
 * @param entries rows of the table, at least 1; inputs are whole numbers from 0 to {@code entries -
 *     1}
 * @param columns numbers in a row, at least 1
 * @param table where the weights start
 */
@Plugin(name = "embedding", summary = "looks each input up in a table of weights")
public record Embedding(
    @Param(value = "rows of the table", range = "[1, inf)") int entries,
    @Param(value = "numbers in a row", range = "[1, inf)") int columns,
    @Param(value = "where the weights start", byDefault = "normal(0.05)") Initializer table)
    implements Layer {
  /** Checks the size. */
  public Embedding {
    if (entries < 1 || columns < 1) {
      throw new InputException(
          "embedding: entries and columns must be at least 1, not %d and %d"
              .formatted(entries, columns));
    }
  }

  /**
   * An embedding that starts normally distributed with a deviation of 0.05.
   *
   * @param entries rows of the table, at least 1
   * @param columns numbers in a row, at least 1
   */
  public Embedding(int entries, int columns) {
    this(entries, columns, Initializer.normal(0.05));
  }

  @Override
  public Node forward(Scope scope, Node input) {
    return scope.graph().gather(scope.weights("table", entries, columns, table), input);
  }

  @Override
  public String kind() {
    return "embedding";
  }
}
