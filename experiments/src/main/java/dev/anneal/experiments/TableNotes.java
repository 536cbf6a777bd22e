package dev.anneal.experiments;

import dev.anneal.data.prepare.Parts;
import dev.anneal.data.prepare.Pipeline;
import dev.anneal.data.prepare.Target;
import dev.anneal.data.table.Column;
import dev.anneal.data.table.ColumnSummary;
import dev.anneal.data.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What was found in a table, and what is done about it, in words. */
final class TableNotes {
  /** More names than these say nothing any more. */
  private static final int NAMED = 8;

  private TableNotes() {}

  static List<String> of(Table table, Parts parts) {
    List<String> notes = new ArrayList<>();
    Pipeline pipeline = parts.pipeline();
    notes.add(task(table, pipeline.target()));
    notes.add("%s rows: %s".formatted(count(table.rows()), table.dialect().summary()));
    int inputs = pipeline.inputs().size();
    notes.add(
        "%s %s %s%s"
            .formatted(
                some(pipeline.widths().size(), "column"),
                pipeline.widths().size() == 1 ? "makes" : "make",
                some(inputs, "input"),
                inputs == pipeline.widths().size() ? "" : ": " + widened(pipeline)));
    missing(table, pipeline).ifPresent(notes::add);
    unseen(table, pipeline).ifPresent(notes::add);
    if (parts.leftOut() > 0) {
      notes.add(
          "%s rows are left out: something that is needed is missing"
              .formatted(count(parts.leftOut())));
    }
    return notes;
  }

  private static String task(Table table, Target target) {
    return switch (target) {
      case Target.Classes(String name, List<String> names) ->
          "classification: \"%s\" is one of %d classes".formatted(name, names.size());
      case Target.Quantity(String name, _, _) ->
          "regression: \"%s\" is a quantity, with %s different values"
              .formatted(name, count(ColumnSummary.of(table.column(name)).distinct()));
    };
  }

  private static String widened(Pipeline pipeline) {
    List<String> names =
        pipeline.widths().entrySet().stream()
            .filter(each -> pipeline.texts().contains(each.getKey()))
            .map(each -> "%s (%d)".formatted(named(each.getKey()), each.getValue()))
            .toList();
    return listed(names);
  }

  private static String listed(List<String> names) {
    return names.stream().limit(NAMED).collect(Collectors.joining(", "))
        + (names.size() > NAMED ? ", …" : "");
  }

  private static Optional<String> missing(Table table, Pipeline pipeline) {
    List<Column> lacking =
        pipeline.widths().keySet().stream()
            .map(name -> table.column(name))
            .filter(each -> each.missing() > 0)
            .toList();
    return lacking.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "missing: %s; %s"
                .formatted(
                    listed(
                        lacking.stream()
                            .map(each ->
                                "%s (%s)".formatted(named(each.name()), count(each.missing())))
                            .toList()),
                    pipeline.imputation().words()));
  }

  /** Of rows that do not train: texts that none of those has which do. */
  private static Optional<String> unseen(Table table, Pipeline pipeline) {
    List<String> columns =
        pipeline.unseen(table).entrySet().stream()
            .map(each -> "%s (%s)".formatted(named(each.getKey()), count(each.getValue())))
            .toList();
    return columns.isEmpty()
        ? Optional.empty()
        : Optional.of("rows with texts that no row has that trains: " + listed(columns));
  }

  /** A name that is a number is no number of anything. */
  private static String named(String column) {
    return !column.isEmpty() && Character.isDigit(column.codePointAt(0))
        ? "column " + column
        : column;
  }

  private static String some(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  private static String count(int number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
