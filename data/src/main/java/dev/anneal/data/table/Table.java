package dev.anneal.data.table;

import dev.anneal.api.InputException;
import dev.anneal.api.Messages;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;

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
   * Reads a file of text. All about it is noticed.
   *
   * @param file separated values of any usual dialect, or such a file packed by gzip
   * @return the table
   * @throws InputException if the file cannot be read, has no rows, or rows of different lengths;
   *     the message names the line
   */
  public static Table read(Path file) {
    return read(file, TableOptions.NONE);
  }

  /**
   * Reads a file of text of which something is known.
   *
   * @param file separated values of any usual dialect, or such a file packed by gzip
   * @param options what is known of it
   * @return the table
   * @throws InputException likewise, and if a column that must be one of numbers has something else
   */
  public static Table read(Path file, TableOptions options) {
    return read(file, options, _ -> {});
  }

  /**
   * Reads a file of text and tells how far it is. It goes through it once, and again where a column
   * has numbers first and texts later: then the count begins anew.
   *
   * @param file separated values of any usual dialect, or such a file packed by gzip
   * @param options what is known of it
   * @param progress is told, now and then, how many bytes of the file have been read
   * @return the table
   * @throws InputException likewise
   */
  public static Table read(Path file, TableOptions options, LongConsumer progress) {
    return TableReader.read(file, options, progress);
  }

  /**
   * The column of a name.
   *
   * @param name of one of the columns
   * @return the column
   * @throws InputException if there is none; the message has the names that there are
   */
  public Column column(String name) {
    return columns.stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow(() -> {
          List<String> names = columns.stream().map(Column::name).toList();
          return new InputException(
              "there is no column \"%s\"%s; there are %s"
                  .formatted(name, Messages.didYouMean(name, names), Messages.list(names)));
        });
  }

  /**
   * Writes it as text: commas, decimal points, UTF-8, a header, days as days, nothing where nothing
   * is. Reading gives an equal table; where columns or their names look like something else than
   * they are, it must be told ({@link TableOptions#texts()}, {@link TableOptions#header()} and so
   * on).
   *
   * @param file where to; it is replaced as a whole
   * @throws InputException if it cannot be written
   */
  public void write(Path file) {
    TableWriter.write(this, file);
  }
}
