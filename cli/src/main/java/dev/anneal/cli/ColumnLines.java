package dev.anneal.cli;

import dev.anneal.api.Messages;
import dev.anneal.api.numeric.NumberFormats;
import dev.anneal.api.numeric.Numbers;
import dev.anneal.data.table.Column;
import dev.anneal.data.table.Column.Categorical;
import dev.anneal.data.table.Column.Numeric;
import dev.anneal.data.table.ColumnSummary;
import dev.anneal.data.table.Table;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What is in the columns of a table, a line each. */
final class ColumnLines {
  /** Texts of a column that are shown. */
  private static final int NAMED = 4;

  /** Letters of a name or a text that are shown. */
  private static final int LONGEST = 30;

  /** Whole numbers are shown as they are up to it. */
  private static final double WHOLE = 1e7;

  private ColumnLines() {}

  /** A heading, then a line a column. */
  static List<String> of(Table table) {
    int width =
        table.columns().stream().mapToInt(column -> brief(column.name()).length()).max().orElse(0);
    String line = "%-" + Math.max(6, width) + "s  %-10s  %7s  %8s  %s";
    List<String> lines = new ArrayList<>();
    lines.add(line.formatted("column", "type", "missing", "distinct", "values"));
    for (Column column : table.columns()) {
      ColumnSummary summary = ColumnSummary.of(column);
      lines.add(
          line.formatted(
              brief(column.name()),
              type(column),
              column.missing() == 0 ? "" : NumberFormats.count(column.missing()),
              NumberFormats.count(summary.distinct()),
              values(column, summary)));
    }
    return lines;
  }

  static String type(Column column) {
    return switch (column) {
      case Numeric numbers -> numbers.written().isDays() ? "dates" : "numbers";
      case Categorical _ -> "categories";
    };
  }

  private static String values(Column column, ColumnSummary summary) {
    return switch (column) {
      case Categorical _ ->
          summary.counts().entrySet().stream()
                  .limit(NAMED)
                  .map(each -> brief(each.getKey()) + " " + NumberFormats.count(each.getValue()))
                  .collect(Collectors.joining(", "))
              + (summary.counts().size() > NAMED ? ", …" : "");
      case Numeric numbers when numbers.written().isDays() ->
          "%s to %s, as days since 1970"
              .formatted(
                  LocalDate.ofEpochDay((long) summary.least()),
                  LocalDate.ofEpochDay((long) summary.greatest()));
      case Numeric _ ->
          "%s to %s, mean %s"
              .formatted(
                  number(summary.least()), number(summary.greatest()), number(summary.mean()));
    };
  }

  /** Without groups of three digits, in which years are hard to read. */
  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < WHOLE
        ? Numbers.print(value)
        : NumberFormats.four(value).replace(",", "");
  }

  /** In one line, and cut where it is long. */
  private static String brief(String text) {
    String line = Messages.oneLine(text);
    return line.codePointCount(0, line.length()) <= LONGEST
        ? line
        : line.substring(0, line.offsetByCodePoints(0, LONGEST - 1)) + "…";
  }
}
