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
    TEXTS,
    /** It was found out that it has not only numbers. */
    NO_NUMBERS
  }

  /** What it takes itself; who makes it has them. */
  static final int BYTES = 512;

  private final Path file;
  private final String name;
  private final Known known;
  private final Cell cell;
  private final Optional<Boolean> dayFirst;
  private final Memory memory;

  /** Of numbers, or the codes of texts in the order in which they came. */
  private final Doubles values;

  private final Map<String, Integer> codes = new LinkedHashMap<>();
  private int missing;
  private boolean texts;
  private boolean again;

  /** What all numbers have before or after them, such as a percent sign. */
  private char mark = Cell.NO_MARK;

  /** The line of the first number that is. */
  private long infinite;

  /** Reads from the first row. */
  ColumnReader(
      Path file, String name, Known known, Cell cell, Optional<Boolean> dayFirst, Memory memory) {
    this.file = file;
    this.name = name;
    this.known = known;
    this.cell = cell;
    this.dayFirst = dayFirst;
    this.memory = memory;
    texts = known == Known.TEXTS || known == Known.NO_NUMBERS;
    values = new Doubles(memory);
  }

  String name() {
    return name;
  }

  /** Whether it must be read again, as texts. */
  boolean again() {
    return again;
  }

  void add(char[] text, int from, int end, boolean quoted, long line) {
    if (texts) {
      addText(new String(text, from, end - from), quoted);
    } else if (!again) {
      addNumber(text, from, end, line);
    }
  }

  private void addNumber(char[] text, int from, int end, long line) {
    double value =
        mark == Cell.NO_MARK ? cell.number(text, from, end, known != Known.NUMBERS) : Double.NaN;
    if (Double.isNaN(value) || cell.isMissing(text, from, end)) {
      addOther(new String(text, from, end - from), line);
    } else {
      addValue(value, line);
    }
  }

  private void addValue(double value, long line) {
    if (Double.isInfinite(value) && infinite == 0) {
      infinite = line;
    }
    values.add(value);
  }

  private void addOther(String text, long line) {
    String bare = Cell.signed(text.strip());
    if (!bare.equals(text)) { // quoted with its blanks, or in parentheses
      addNumber(bare.toCharArray(), 0, bare.length(), line);
    } else if (cell.isMissing(text)) {
      addMissing();
    } else if (!addMarked(text, line)) {
      addNoNumber(text, line);
    }
  }

  private void addMissing() {
    missing++;
    values.add(Double.NaN);
  }

  private boolean isEmpty() {
    return missing == values.size();
  }

  /** Adds a number with the mark that all others have. */
  private boolean addMarked(String text, long line) {
    char found = Cell.mark(text);
    if (found == Cell.NO_MARK || !(isEmpty() || found == mark)) {
      return false;
    }
    String plain = Cell.unmarked(text);
    double value = cell.number(plain.toCharArray(), 0, plain.length(), false);
    if (Double.isNaN(value)) {
      return false;
    }
    mark = found;
    addValue(value, line);
    return true;
  }

  private void addNoNumber(String text, long line) {
    if (known == Known.NUMBERS) {
      throw new InputException(
          "%s, line %d, column \"%s\": \"%s\" is no number".formatted(file, line, name, text));
    }
    if (isEmpty()) {
      texts = true;
      addText(text, false);
    } else {
      again = true;
      values.clear();
    }
  }

  /** A quoted text is one where texts are expected, even if it usually stands for nothing. */
  private void addText(String text, boolean quoted) {
    boolean meant = quoted && !text.isEmpty() && known == Known.TEXTS;
    if (!meant && cell.isMissing(text.strip())) {
      addMissing();
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
    return texts ? days().orElseGet(this::ofTexts) : ofNumbers();
  }

  private Column ofNumbers() {
    if (infinite > 0) {
      throw new InputException(
          ("%s, line %d, column \"%s\": an infinite number; write another, or say that it stands"
                  + " for a missing value: --na")
              .formatted(file, infinite, name));
    }
    return new Numeric(name, Written.NUMBERS, values.toArray(), missing);
  }

  /**
   * The day of each text, if all are days. Where the order of day and month is told neither by any
   * of them nor by who has them read, and they are other days one way and the other, they stay
   * texts.
   */
  private Optional<Column> days() {
    Optional<double[]> oneWay = dayFirst.orElse(true) ? days(Days.DAY_FIRST) : Optional.empty();
    Optional<double[]> otherWay =
        dayFirst.orElse(false) ? Optional.empty() : days(Days.MONTH_FIRST);
    boolean clear =
        oneWay.isEmpty() || otherWay.isEmpty() || Arrays.equals(oneWay.get(), otherWay.get());
    return clear
        ? oneWay
            .map(days -> ofDays(days, Written.DATES))
            .or(() -> otherWay.map(days -> ofDays(days, Written.MONTH_FIRST_DATES)))
        : Optional.empty();
  }

  private Optional<double[]> days(Days order) {
    double[] days = new double[codes.size()];
    int at = 0;
    for (String text : codes.keySet()) {
      days[at] = order.of(text.strip());
      if (Double.isNaN(days[at++])) {
        return Optional.empty();
      }
    }
    return Optional.of(days);
  }

  private Column ofDays(double[] days, Written written) {
    double[] all = values.toArray();
    for (int row = 0; row < all.length; row++) {
      all[row] = Double.isNaN(all[row]) ? Double.NaN : days[(int) all[row]];
    }
    return new Numeric(name, written, all, missing);
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
    return new Categorical(name, sorted.stream().map(Map.Entry::getKey).toList(), all, missing);
  }
}
