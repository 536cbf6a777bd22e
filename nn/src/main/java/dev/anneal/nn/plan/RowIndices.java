package dev.anneal.nn.plan;

import dev.anneal.api.InputException;
import dev.anneal.nn.graph.Node;

/** Numbers that choose rows of a table. */
record RowIndices(Node node, Buffer buffer, int entries) {
  int choices() {
    return node.shape().columns();
  }

  /** Which row, after a {@link #check}. */
  int get(int row, int choice) {
    return (int) buffer.array()[buffer.row(row) + choice];
  }

  /** Makes sure that all of them choose a row: a task that finds one that does not is too late. */
  void check(int batch) {
    int rows = node.shape().rows(batch);
    for (int row = 0; row < rows; row++) {
      for (int choice = 0; choice < choices(); choice++) {
        float number = buffer.array()[buffer.row(row) + choice];
        if (!(number >= 0 && number < entries && number == (int) number)) {
          throw new InputException(
              "%s chooses no row: the table has %d, 0 to %d"
                  .formatted(number, entries, entries - 1));
        }
      }
    }
  }
}
