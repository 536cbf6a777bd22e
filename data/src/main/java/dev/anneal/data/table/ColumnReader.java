package dev.anneal.data.table;

import dev.anneal.api.InputException;
import dev.anneal.data.table.Column.Categorical;
import dev.anneal.data.table.Column.Numeric;
import dev.anneal.data.table.Column.Written;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Takes the fields of a column, a row after the other, and finds out what they are. They are taken
 * for numbers as long as they are; a column whose first field is none keeps its different texts,
 * which may turn out to be days. One that has a number first and a text later must be read again:
 * what its numbers looked like is lost.
 */
final class ColumnReader {
  /** What is known of a column before it is read. */
  enum Known {
    NOTHING,
    NUMBERS,
    TEXTS
  }

  /** What it takes itself. */
  private static final int BYTES = 512;

  private final Path file;
  private final String name;
  private final Known known;
  private final Cell cell;
  private final Memory memory;

  /** Of numbers, or the codes of texts in the order in which they came. */
  private final Doubles values;

  private final Map<String, Integer> codes = new LinkedHashMap<>();
  private int missing;
  private boolean texts;
  private boolean again;
  private long infinite;

  /** Reads from the first row. */
  ColumnReader(Path file, String name, Known known, Cell cell, Memory memory) {
    this.file = file;
    this.name = name;
    this.known = known;
    this.cell = cell;
    this.memory = memory;
    texts = known == Known.TEXTS;
    values = new Doubles(memory);
    memory.take(BYTES + 2L * name.length());
  }

  String name() {
    return name;
  }

  /** Whether it must be read again, as texts. */
  boolean again() {
    return again;
  }

  void add(char[] text, int from, int end, long line) {
    if (texts) {
      addText(new String(text, from, end - from));
    } else if (!again) {
      addNumber(text, from, end, line);
    }
  }

  private void addNumber(char[] text, int from, int end, long line) {
    double value = cell.number(text, from, end);
    if (Double.isNaN(value) || cell.isMissing(text, from, end)) {
      addOther(new String(text, from, end - from), line);
      return;
    }
    if (Double.isInfinite(value) && infinite == 0) {
      infinite = line;
    }
    values.add(value);
  }

  private void addOther(String text, long line) {
    String bare = text.strip();
    if (bare.length() < text.length()) { // quoted with its blanks
      addNumber(bare.toCharArray(), 0, bare.length(), line);
    } else if (cell.isMissing(text)) {
      missing++;
      values.add(Double.NaN);
    } else if (known == Known.NUMBERS) {
      throw new InputException(
          "%s, line %d, column \"%s\": \"%s\" is no number".formatted(file, line, name, text));
    } else if (missing == values.size()) {
      texts = true;
      addText(text);
    } else {
      again = true;
      values.clear();
    }
  }

  private void addText(String text) {
    if (cell.isMissing(text.strip())) {
      missing++;
      values.add(Double.NaN);
      return;
    }
    Integer code = codes.get(text);
    if (code == null) {
      code = codes.size();
      memory.takeText(text.length());
      codes.put(text, code);
    }
    values.add(code);
  }

  /** The column; what is read is gone. */
  Column column() {
    if (known == Known.TEXTS) {
      return ofTexts();
    }
    return texts ? days().<Column>map(this::ofDays).orElseGet(this::ofTexts) : ofNumbers();
  }

  private Column ofNumbers() {
    if (infinite > 0) {
      throw new InputException(
          "%s, line %d, column \"%s\": an infinite number".formatted(file, infinite, name));
    }
    return new Numeric(name, Written.NUMBERS, values.toArray(), missing);
  }

  /** The day of each text, if all are days. */
  private Optional<double[]> days() {
    double[] days = new double[codes.size()];
    int at = 0;
    for (String text : codes.keySet()) {
      OptionalDouble day = Days.of(text);
      if (day.isEmpty()) {
        return Optional.empty();
      }
      days[at++] = day.getAsDouble();
    }
    return Optional.of(days);
  }

  private Column ofDays(double[] days) {
    double[] all = values.toArray();
    for (int row = 0; row < all.length; row++) {
      all[row] = Double.isNaN(all[row]) ? Double.NaN : days[(int) all[row]];
    }
    return new Numeric(name, Written.DATES, all, missing);
  }

  private Column ofTexts() {
    List<Map.Entry<String, Integer>> sorted = new ArrayList<>(codes.entrySet());
    sorted.sort(Map.Entry.comparingByKey());
    int[] places = new int[sorted.size()];
    for (int place = 0; place < places.length; place++) {
      places[sorted.get(place).getValue()] = place;
    }
    int[] all =
        Arrays.stream(values.toArray())
            .mapToInt(code -> Double.isNaN(code) ? -1 : places[(int) code])
            .toArray();
    return new Categorical(
          name, sorted.stream().map(Map.Entry::getKey).toList(), all, missing);
  }
}
