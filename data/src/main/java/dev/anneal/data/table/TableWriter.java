package dev.anneal.data.table;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategy;
import dev.anneal.api.InputException;
import dev.anneal.api.numeric.Numbers;
import dev.anneal.data.table.Column.Categorical;
import dev.anneal.data.table.Column.Numeric;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Writes tables as RFC 4180 has them. */
final class TableWriter {
  /**
   * Besides those that RFC 4180 wants: what readers would take for a comment, a mark of Excel's, a
   * missing value, or leave out.
   */
  private static final QuoteStrategy QUOTES =
      new QuoteStrategy() {
        @Override
        public boolean quoteValue(int line, int field, String value) {
          return !value.equals(value.strip())
              || "#%'".indexOf(value.charAt(0)) >= 0
              || value.startsWith("sep=")
              || Cell.isUsuallyMissing(value);
        }
      };

  /** Of a table of one column: an empty line would be no row. */
  private static final QuoteStrategy QUOTES_OF_ONE =
      new QuoteStrategy() {
        @Override
        public boolean quoteValue(int line, int field, String value) {
          return QUOTES.quoteValue(line, field, value);
        }

        @Override
        public boolean quoteEmpty(int line, int field) {
          return true;
        }
      };

  private TableWriter() {}

  /**
   * Writes a table; a file that is there is replaced at once, or stays as it is.
   *
   * @throws InputException if it cannot be written
   */
  static void write(Table table, Path file) {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      try (CsvWriter writer =
          CsvWriter.builder()
              .quoteStrategy(table.columns().size() == 1 ? QUOTES_OF_ONE : QUOTES)
              .lineDelimiter(LineDelimiter.CRLF)
              .build(part, StandardCharsets.UTF_8)) {
        writer.writeRecord(table.columns().stream().map(Column::name).toList());
        for (int row = 0; row < table.rows(); row++) {
          writer.writeRecord(row(table.columns(), row));
        }
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException | UncheckedIOException e) {
      throw new InputException("%s: cannot be written: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static List<String> row(List<Column> columns, int row) {
    return columns.stream().map(column -> field(column, row)).toList();
  }

  private static String field(Column column, int row) {
    return switch (column) {
      case Numeric numbers when Double.isNaN(numbers.values()[row]) -> "";
      case Numeric numbers when numbers.written().isDays() -> Days.print(numbers.values()[row]);
      case Numeric numbers -> Numbers.print(numbers.values()[row]);
      case Categorical texts when texts.codes()[row] < 0 -> "";
      case Categorical texts -> texts.categories().get(texts.codes()[row]);
    };
  }
}
