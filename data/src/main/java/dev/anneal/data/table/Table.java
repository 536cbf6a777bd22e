package dev.anneal.data.table;

import de.siegmar.fastcsv.reader.CsvRecord;
import dev.anneal.api.InputException;
import dev.anneal.data.table.Column.Written;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A table in memory.
 *
 * @param columns with different names, each with a value a row; without names of rows
 * @param rows at least 1
 * @param dialect how its file writes it
 */
public record Table(List<Column> columns, int rows, Dialect dialect) {
  /** Copies the list. */
  public Table {
    columns = List.copyOf(columns);
  }

  /**
   * Reads a file of text. It goes through it twice: to see what the columns hold, and to take it.
   *
   * @param file separated values of any usual dialect
   * @return the table
   * @throws InputException if the file cannot be read, has no rows, or rows of different lengths;
   *     the message names the line
   */
  public static Table read(Path file) {
    return new Reading(file, DialectGuess.of(file)).table();
  }

  /** A file on its way to a table. */
  private static final class Reading {
    private final Path file;
    private final Dialect dialect;
    private final Cell cell;
    private final List<ColumnProbe> probes = new ArrayList<>();
    private List<String> names = List.of();
    private int rows;
    private boolean begun;

    Reading(Path file, Dialect dialect) {
      this.file = file;
      this.dialect = dialect;
      cell = new Cell(dialect.decimal());
    }

    Table table() {
      Records.forEach(file, dialect, this::probe);
      if (rows == 0) {
        throw new InputException(file + ": no rows of data");
      }
      List<Optional<Written>> written = probes.stream().map(ColumnProbe::written).toList();
      List<ColumnReader> readers =
          IntStream.range(first(), probes.size())
              .mapToObj(i -> ColumnReader.of(name(i), written.get(i), cell, rows))
              .toList();
      begun = false;
      Records.forEach(file, dialect, record -> read(record, readers));
      return new Table(readers.stream().map(ColumnReader::column).toList(), rows, dialect);
    }

    /** The first column that is one. */
    private int first() {
      return dialect.rowNames() ? 1 : 0;
    }

    private String name(int column) {
      int shift = probes.size() - names.size();
      return dialect.header() ? names.get(column - shift) : Integer.toString(column + 1);
    }

    private void probe(CsvRecord record) {
      if (isHeader(record)) {
        names = unique(record.getFields().stream().map(String::strip).toList());
        return;
      }
      int fields = record.getFieldCount();
      if (rows == 0) {
        IntStream.range(0, fields).forEach(_ -> probes.add(new ColumnProbe(cell)));
      }
      check(record);
      for (int i = 0; i < fields; i++) {
        probes.get(i).add(record.getField(i).strip());
      }
      rows++;
    }

    /** A header may lack the name of the column with the names of rows. */
    private void check(CsvRecord record) {
      int fields = record.getFieldCount();
      int unnamed = names.isEmpty() ? 0 : fields - names.size();
      if (fields != probes.size() || unnamed < 0 || unnamed > (dialect.rowNames() ? 1 : 0)) {
        throw new InputException(
            "%s, line %d: %d columns where the lines before have %d"
                .formatted(
                    file,
                    record.getStartingLineNumber(),
                    fields,
                    rows == 0 ? names.size() : probes.size()));
      }
    }

    private boolean isHeader(CsvRecord record) {
      boolean is = dialect.header() && !begun;
      begun = true;
      return is && record.getFieldCount() > 0;
    }

    private void read(CsvRecord record, List<ColumnReader> readers) {
      if (isHeader(record)) {
        return;
      }
      for (int i = 0; i < readers.size(); i++) {
        readers.get(i).add(record.getField(i + first()).strip());
      }
    }

    private List<String> unique(List<String> given) {
      Set<String> seen = new HashSet<>();
      for (int i = 0; i < given.size(); i++) {
        String name = given.get(i);
        if (!seen.add(name)) {
          throw new InputException(
              "%s: two columns are named \"%s\"; give them different names".formatted(file, name));
        }
      }
      return given;
    }
  }
}
