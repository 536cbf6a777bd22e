package dev.anneal.data.table;

import dev.anneal.data.table.Column.Categorical;
import dev.anneal.data.table.Column.Numeric;
import dev.anneal.data.table.Column.Written;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Takes the fields of a column, of which it is known what they are. */
sealed interface ColumnReader {
  /** The next row's. */
  void add(String text);

  Column column();

  static ColumnReader of(String name, Optional<Written> written, Cell cell, int rows) {
    return written
        .<ColumnReader>map(as -> new OfNumbers(name, as, cell, rows))
        .orElseGet(() -> new OfTexts(name, rows));
  }

  /** Of numbers. */
  final class OfNumbers implements ColumnReader {
    private final String name;
    private final Written written;
    private final Cell cell;
    private final double[] values;
    private int at;
    private int missing;

    private OfNumbers(String name, Written written, Cell cell, int rows) {
      this.name = name;
      this.written = written;
      this.cell = cell;
      values = new double[rows];
    }

    @Override
    public void add(String text) {
      OptionalDouble value =
          switch (written) {
            case NUMBERS -> cell.number(text);
            case DATES -> Cell.date(text);
          };
      missing += value.isEmpty() ? 1 : 0;
      values[at++] = value.orElse(Double.NaN);
    }

    @Override
    public Column column() {
      return new Numeric(name, written, values, missing);
    }
  }

  /** Of texts, which get numbers in the order in which they come. */
  final class OfTexts implements ColumnReader {
    private final String name;
    private final Map<String, Integer> known = new HashMap<>();
    private final int[] codes;
    private int at;
    private int missing;

    private OfTexts(String name, int rows) {
      this.name = name;
      codes = new int[rows];
    }

    @Override
    public void add(String text) {
      boolean absent = Cell.isMissing(text);
      missing += absent ? 1 : 0;
      codes[at++] = absent ? -1 : known.computeIfAbsent(text, _ -> known.size());
    }

    @Override
    public Column column() {
      List<Map.Entry<String, Integer>> sorted = new ArrayList<>(known.entrySet());
      sorted.sort(Map.Entry.comparingByKey());
      int[] places = new int[sorted.size()];
      for (int place = 0; place < places.length; place++) {
        places[sorted.get(place).getValue()] = place;
      }
      return new Categorical(
          name,
          sorted.stream().map(Map.Entry::getKey).toList(),
          Arrays.stream(codes).map(code -> code < 0 ? code : places[code]).toArray(),
          missing);
    }
  }
}
