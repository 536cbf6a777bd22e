package dev.anneal.data.table;

import dev.anneal.data.table.Column.Categorical;
import dev.anneal.data.table.Column.Numeric;
import java.util.Arrays;
import java.util.List;

/** What tests ask of the columns of a table. */
final class Columns {
  private Columns() {}

  static double[] numbers(Table table, int column) {
    return ((Numeric) table.columns().get(column)).values();
  }

  /** A dash where there is none. */
  static List<String> texts(Table table, int column) {
    Categorical texts = (Categorical) table.columns().get(column);
    return Arrays.stream(texts.codes())
        .mapToObj(code -> code < 0 ? "-" : texts.categories().get(code))
        .toList();
  }
}
