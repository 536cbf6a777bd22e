package dev.anneal.data.table;

import dev.anneal.data.table.Column.Written;
import java.util.Optional;

/** Finds out what the fields of a column are, one after the other. */
final class ColumnProbe {
  private final Cell cell;
  private boolean numbers = true;
  private boolean dates = true;
  private int present;

  ColumnProbe(Cell cell) {
    this.cell = cell;
  }

  void add(String text) {
    if (!Cell.isMissing(text)) {
      present++;
      numbers = numbers && cell.number(text).isPresent();
      dates = dates && Cell.date(text).isPresent();
    }
  }

  /** As what its numbers are written; nothing where they are texts. */
  Optional<Written> written() {
    if (numbers || present == 0) {
      return Optional.of(Written.NUMBERS);
    }
    return dates ? Optional.of(Written.DATES) : Optional.empty();
  }
}
