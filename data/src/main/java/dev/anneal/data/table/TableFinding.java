package dev.anneal.data.table;

import dev.anneal.data.table.Column.Categorical;
import dev.anneal.data.table.Column.Numeric;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Something in a table that may lead a training astray.
 *
 * @param column of which column, or of several
 * @param what it is
 * @param instead what to do about it
 */
public record TableFinding(String column, String what, String instead) {
  /** So many times another's deviation, and steps along the one column hardly move the other. */
  private static final double APART = 100;

  @Override
  public String toString() {
    return "%s: %s; %s".formatted(column, what, instead);
  }

  /**
   * Looks for such things.
   *
   * @param table the table
   * @param target which of its columns is to be predicted
   * @return what was found, column after column
   */
  public static List<TableFinding> of(Table table, int target) {
    List<TableFinding> found = new ArrayList<>();
    for (int i = 0; i < table.columns().size(); i++) {
      if (i != target) {
        addOf(table.columns().get(i), table.rows(), found);
      }
    }
    addScales(table, target, found);
    addOrder(table.columns().get(target), found);
    return found;
  }

  private static void addOf(Column column, int rows, List<TableFinding> found) {
    ColumnSummary summary = ColumnSummary.of(column);
    if (summary.distinct() <= 1) {
      found.add(
          new TableFinding(
              column.name(), "it is the same in all rows", "it can tell nothing: leave it out"));
    } else if (counts(column)
        || (column instanceof Categorical && summary.distinct() == rows - column.missing())) {
      found.add(
          new TableFinding(
              column.name(),
              "it is another in each row, as a name or number of the row is",
              "leave it out unless it means something"));
    }
  }

  /** Whether it counts rows, from 0 or 1. */
  private static boolean counts(Column column) {
    if (!(column instanceof Numeric numbers) || numbers.values().length < 3) {
      return false;
    }
    double[] values = numbers.values();
    return (values[0] == 0 || values[0] == 1)
        && IntStream.range(1, values.length).allMatch(i -> values[i] == values[i - 1] + 1);
  }

  private static void addScales(Table table, int target, List<TableFinding> found) {
    String widest = "";
    String narrowest = "";
    double most = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < table.columns().size(); i++) {
      if (i == target || !(table.columns().get(i) instanceof Numeric numbers) || counts(numbers)) {
        continue;
      }
      double deviation = ColumnSummary.of(numbers).deviation();
      if (deviation > most) {
        most = deviation;
        widest = numbers.name();
      }
      if (deviation > 0 && deviation < least) {
        least = deviation;
        narrowest = numbers.name();
      }
    }
    if (most > APART * least) {
      found.add(
          new TableFinding(
              widest + ", " + narrowest,
              "one spreads %,.0f times as wide as the other".formatted(most / least),
              "bring columns to a common scale before training"));
    }
  }

  /** Rows in the order of their classes: the last part of them has some classes alone. */
  private static void addOrder(Column target, List<TableFinding> found) {
    if (ColumnSummary.of(target).distinct() > 1 && isInBlocks(target)) {
      found.add(
          new TableFinding(
              target.name(),
              "rows lie in the order of its values, so that their last part has not all of them",
              "train draws the rows that validate; other programs may take the last"));
    }
  }

  /** Whether equal values lie beside each other, several each. */
  private static boolean isInBlocks(Column column) {
    int distinct = ColumnSummary.of(column).distinct();
    int rows =
        switch (column) {
          case Numeric numbers -> numbers.values().length;
          case Categorical texts -> texts.codes().length;
        };
    long changes =
        IntStream.range(1, rows)
            .filter(i ->
                switch (column) {
                  case Numeric numbers -> numbers.values()[i] != numbers.values()[i - 1];
                  case Categorical texts -> texts.codes()[i] != texts.codes()[i - 1];
                })
            .count();
    return changes == distinct - 1 && rows >= 5 * distinct;
  }
}
