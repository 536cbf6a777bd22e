package dev.anneal.data.prepare;

import dev.anneal.data.table.Column;
import dev.anneal.data.table.Table;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Which rows of a table can be prepared. */
final class Rows {
  private Rows() {}

  /** Those with a target, where there is one, and with inputs, where none may be missing. */
  static int[] usable(
      Table table, Optional<Column> target, List<Column> inputs, Imputation imputation) {
    IntPredicate unlabelled = target.map(Cells::missing).orElse(_ -> false);
    int[] rows = IntStream.range(0, table.rows()).filter(row -> !unlabelled.test(row)).toArray();
    if (imputation != Imputation.DROP && imputation != Imputation.ERROR) {
      return rows;
    }
    for (Column column : inputs) {
      IntPredicate missing = Cells.missing(column);
      if (imputation == Imputation.ERROR) {
        IntStream.of(rows)
            .filter(missing)
            .findFirst()
            .ifPresent(row -> {
              throw Encoder.missing(column.name(), row);
            });
      }
      rows = IntStream.of(rows).filter(missing.negate()).toArray();
    }
    return rows;
  }
}
