package dev.anneal.data.prepare;

import dev.anneal.api.Messages;
import dev.anneal.api.numeric.Numbers;
import dev.anneal.data.table.Column;
import dev.anneal.data.table.Column.Categorical;
import dev.anneal.data.table.Column.Numeric;
import dev.anneal.data.table.Column.Written;
import java.time.LocalDate;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;

/** What is in the rows of a column, whatever its type. */
final class Cells {
  private Cells() {}

  /** Tells of a row whether it has no value. */
  static IntPredicate missing(Column column) {
    return switch (column) {
      case Numeric numbers -> row -> Double.isNaN(numbers.values()[row]);
      case Categorical texts -> row -> texts.codes()[row] < 0;
    };
  }

  /** Gives the text of a row; empty where there is none. */
  static IntFunction<String> texts(Column column) {
    return switch (column) {
      case Numeric numbers -> row -> text(numbers.values()[row], numbers.written());
      case Categorical texts ->
          row -> texts.codes()[row] < 0 ? "" : texts.categories().get(texts.codes()[row]);
    };
  }

  static String text(double value, Written written) {
    if (Double.isNaN(value)) {
      return "";
    }
    return written.isDays() && value == Math.rint(value)
        ? LocalDate.ofEpochDay((long) value).toString()
        : Numbers.print(value);
  }

  /** A text that messages show. */
  static String quoted(String text) {
    return '"' + Messages.brief(text) + '"';
  }
}
