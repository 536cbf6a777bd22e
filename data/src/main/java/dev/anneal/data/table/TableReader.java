package dev.anneal.data.table;

import dev.anneal.api.InputException;
import dev.anneal.data.table.ColumnReader.Known;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/** Makes a table of the records of a file. */
final class TableReader implements Fields {
  private final Path file;
  private final Dialect dialect;
  private final TableOptions options;
  private final Cell cell;
  private final Memory memory;

  /** Of all columns, that of names of rows too. */
  private final List<ColumnReader> readers = new ArrayList<>();

  /** The fields of a record that decides how many columns there are: the header, the first row. */
  private final List<String> fields = new ArrayList<>();

  private final BitSet quotedFields = new BitSet();

  private List<String> names = new ArrayList<>();
  private final List<Known> declared = new ArrayList<>();
  private boolean header;
  private int rows;
  private int at;
  private long line;

  private TableReader(Source source, Dialect dialect, TableOptions options) {
    file = source.file();
    this.dialect = dialect;
    this.options = options;
    cell = Cell.of(dialect, options.missing());
    memory = new Memory(file);
    header = dialect.header();
  }

  /**
   * Reads a table.
   *
   * @throws InputException if it cannot be read, or is none
   */
  static Table read(Path file, TableOptions options, LongConsumer progress) {
    Source source = Source.of(file);
    Dialect dialect = DialectGuess.of(source, options);
    TableReader reader = new TableReader(source, dialect, options);
    Records.forEach(source, dialect, progress, reader);
    if (reader.rows == 0) {
      throw new InputException(file + ": no rows of data");
    }
    if (reader.readers.size() == reader.first()) {
      throw new InputException(file + ": no columns but that with the names of rows");
    }
    Again again = reader.again();
    if (!again.columns.isEmpty()) {
      Records.forEach(source, dialect, progress, again);
    }
    return new Table(
        IntStream.range(reader.first(), reader.readers.size())
            .mapToObj(i -> reader.readers.get(i).column())
            .toList(),
        reader.rows,
        dialect);
  }

  /** The first column that is one. */
  private int first() {
    return dialect.rowNames() ? 1 : 0;
  }

  @Override
  public void declare(String name, Known known) {
    memory.takeText(name.length());
    memory.take(ColumnReader.BYTES);
    names.add(name);
    declared.add(known);
  }

  @Override
  public void begin(long start) {
    line = start;
    at = 0;
  }

  @Override
  public void add(char[] text, int from, int end, boolean quoted) {
    if (header || rows == 0) {
      memory.takeText(end - from);
      if (names.isEmpty()) { // the first of a column
        memory.take(ColumnReader.BYTES);
      }
      quotedFields.set(at, quoted);
      fields.add(new String(text, from, end - from));
    } else if (at < readers.size()) {
      take(at, text, from, end, quoted);
    }
    at++;
  }

  private void take(int column, char[] text, int from, int end, boolean quoted) {
    if (column >= first()) {
      readers.get(column).add(text, from, end, quoted, line);
    }
  }

  @Override
  public void end() {
    if (header) {
      names = List.copyOf(fields);
      header = false;
    } else {
      if (rows == 0) {
        checkNames();
        for (int i = 0; i < fields.size(); i++) {
          readers.add(new ColumnReader(file, name(i), known(i), cell, options.dayFirst(), memory));
          char[] text = fields.get(i).toCharArray();
          take(i, text, 0, text.length, quotedFields.get(i));
        }
      }
      check(readers.size(), at);
      rows++;
    }
    fields.clear();
  }

  /** As the header has it, or its place. */
  private String name(int column) {
    int place = column - (fields.size() - names.size());
    return names.isEmpty() || place < 0 || names.get(place).isEmpty()
        ? Integer.toString(column + 1)
        : names.get(place);
  }

  private Known known(int column) {
    if (options.texts().contains(name(column))) {
      return Known.TEXTS;
    }
    if (options.numbers().contains(name(column))) {
      return Known.NUMBERS;
    }
    return declared.isEmpty() ? Known.NOTHING : declared.get(column);
  }

  /** A header may lack the name of the column with the names of rows. */
  private void checkNames() {
    if (!names.isEmpty() && !(dialect.rowNames() && fields.size() == names.size() + 1)) {
      check(names.size(), fields.size());
    }
    Set<String> seen = new HashSet<>();
    for (int i = first(); i < fields.size(); i++) {
      if (!seen.add(name(i))) {
        throw new InputException(
            "%s: two columns are named \"%s\"; give them different names".formatted(file, name(i)));
      }
    }
  }

  private void check(int before, int now) {
    if (before != now) {
      throw new InputException(
          "%s, line %d: %d %s where the lines before have %d; mend the line%s"
              .formatted(
                  file,
                  line,
                  now,
                  now == 1 ? "field" : "fields",
                  before,
                  dialect.arff()
                      ? ""
                      : ", leave out what is no row, or name the --separator or --quote"));
    }
  }

  /** For columns that turned out to be texts only late. */
  private Again again() {
    BitSet late = new BitSet();
    for (int i = 0; i < readers.size(); i++) {
      ColumnReader reader = readers.get(i);
      if (reader.again()) {
        late.set(i);
        readers.set(
            i,
            new ColumnReader(
                file, reader.name(), Known.NO_NUMBERS, cell, options.dayFirst(), memory));
      }
    }
    return new Again(late);
  }

  /** Takes some columns of a file that was gone through already. */
  private final class Again implements Fields {
    private final BitSet columns;
    private boolean skipped = dialect.header();

    Again(BitSet columns) {
      this.columns = columns;
    }

    @Override
    public void begin(long start) {
      TableReader.this.begin(start);
    }

    @Override
    public void add(char[] text, int from, int end, boolean quoted) {
      if (!skipped && columns.get(at)) {
        take(at, text, from, end, quoted);
      }
      at++;
    }

    @Override
    public void end() {
      skipped = false;
    }
  }
}
