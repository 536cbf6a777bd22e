package dev.anneal.data.prepare;

import dev.anneal.api.InputException;
import dev.anneal.data.table.Column;
import dev.anneal.data.table.Column.Categorical;
import dev.anneal.data.table.Column.Numeric;
import dev.anneal.data.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Learns a pipeline: a table, with what is to be done to it. */
final class Fitting {
  /** More inputs than these of a column are a mistake: a row of a batch would take megabytes. */
  private static final int MOST_INPUTS = 100_000;

  private final Table table;
  private final Preparation how;
  private final Column target;
  private final Task task;
  private final List<Column> inputs;

  Fitting(Table table, Preparation how) {
    this.table = table;
    this.how = how;
    List<String> dropped = how.dropped(table);
    dropped.forEach(table::column);
    how.hashed().keySet().forEach(table::column);
    target = how.target().map(table::column).orElseGet(() -> last(table, dropped));
    if (dropped.contains(target.name())) {
      throw new InputException(
          "column \"%s\" is to be predicted and to be left out".formatted(target.name()));
    }
    task = how.task().orElseGet(() -> Task.of(target));
    inputs =
        table.columns().stream()
            .filter(
                column -> !column.name().equals(target.name()) && !dropped.contains(column.name()))
            .toList();
    if (inputs.isEmpty()) {
      throw new InputException("one column; give features beside \"%s\"".formatted(target.name()));
    }
  }

  private static Column last(Table table, List<String> without) {
    return table.columns().reversed().stream()
        .filter(column -> !without.contains(column.name()))
        .findFirst()
        .orElseThrow(() -> new InputException("all columns are left out"));
  }

  Column target() {
    return target;
  }

  /** Rows that may train, validate or test. */
  int[] usable() {
    int[] rows = Rows.usable(table, Optional.of(target), inputs, how.imputation());
    if (target.missing() == table.rows()) {
      throw new InputException(
          "column \"%s\" has no value in any row; predict another: --target"
              .formatted(target.name()));
    }
    if (rows.length == 0) {
      throw new InputException("no row has a value in all columns that are needed");
    }
    return rows;
  }

  /** The class of each row; 0 for all where there are none. */
  int[] classes(int[] rows) {
    if (task == Task.REGRESSION) {
      return new int[rows.length];
    }
    float[] labels = Target.Classes.of(target).labels(target, rows);
    return IntStream.range(0, rows.length).map(i -> (int) labels[i]).toArray();
  }

  Pipeline fit(int[] rows) {
    Target learned =
        task == Task.REGRESSION ? Target.Quantity.of(target, rows) : Target.Classes.of(target);
    List<Encoder> encoders = new ArrayList<>();
    inputs.forEach(column -> encoders.add(encoder(column, rows)));
    return new Pipeline(
        encoders, learned, how.imputation(), ColumnFinder.names(table), Marks.of(table));
  }

  private Encoder encoder(Column column, int[] rows) {
    Integer hashed = how.hashed().get(column.name());
    if (hashed != null) {
      return new Encoder.Hash(column.name(), hashed);
    }
    Encoder encoder =
        switch (column) {
          case Numeric numbers ->
              Encoder.Quantity.learn(numbers, rows, how.scaling(), how.imputation());
          case Categorical texts -> Encoder.Category.learn(texts, rows);
        };
    int inputs = encoder.inputs().size();
    if (inputs > MOST_INPUTS) {
      throw new InputException(
          "column \"%s\" has %d different texts; leave it out (--drop), or let many share an input (--hash)"
              .formatted(column.name(), inputs));
    }
    return encoder;
  }
}
