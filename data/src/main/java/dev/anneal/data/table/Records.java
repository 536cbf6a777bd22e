package dev.anneal.data.table;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.reader.RecordType;
import dev.anneal.api.InputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The records of a file of text. */
final class Records {
  /** Letters of a field. A quote that is never closed would make one field of all that follows. */
  private static final int LONGEST = 1 << 20;

  private Records() {}

  private static CsvReader.CsvReaderBuilder builder(Dialect dialect) {
    CsvReader.CsvReaderBuilder builder =
        CsvReader.builder()
            .fieldSeparator(dialect.separator())
            .quoteCharacter(dialect.quote())
            .maxBufferSize(LONGEST)
            .allowUnclosedQuote(false)
            .skipEmptyLines(true)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE);
    dialect
        .comment()
        .ifPresent(
            letter -> builder.commentStrategy(CommentStrategy.SKIP).commentCharacter(letter));
    return builder;
  }

  /**
   * The first records of a text.
   *
   * @return nothing where the text is no table of this dialect
   */
  static List<List<String>> first(String text, Dialect dialect, int most) {
    List<List<String>> records = new ArrayList<>();
    try (CsvReader<CsvRecord> reader = builder(dialect).ofCsvRecord(new StringReader(text))) {
      for (CsvRecord record : reader) {
        if (records.size() == most) {
          break;
        }
        records.add(record.getFields().stream().map(String::strip).toList());
      }
      return records;
    } catch (CsvParseException | UncheckedIOException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * All records of a file, in order, without the lines before the table.
   *
   * @throws InputException if it cannot be read, or is no table
   */
  static void forEach(Path file, Dialect dialect, Fields fields) {
    try (InputStream bytes = Files.newInputStream(file);
        Reader reader = withoutMark(bytes, dialect);
        CsvReader<Boolean> records =
            builder(dialect).build(new Handler(fields, dialect.leadingLines()), reader)) {
      records.forEach(_ -> {});
    } catch (CsvParseException | UncheckedIOException e) {
      if (e.getCause() instanceof InputException ours) { // of what takes the fields
        throw ours;
      }
      throw new InputException("%s: not a table: %s".formatted(file, reason(e)), e);
    } catch (IOException e) {
      throw new InputException("%s: cannot be read: %s".formatted(file, reason(e)), e);
    }
  }

  /**
   * Hands over the letters of fields where FastCSV has them, without an object for each. Unlike
   * FastCSV's own handlers it has no limit of fields in a record.
   */
  private static final class Handler extends AbstractBaseCsvCallbackHandler<Boolean> {
    private final Fields fields;
    private int leading;

    Handler(Fields fields, int leading) {
      this.fields = fields;
      this.leading = leading;
    }

    @Override
    protected void handleBegin(long line) {
      fields.begin(line);
    }

    @Override
    protected void handleField(int index, char[] text, int offset, int length, boolean quoted) {
      if (leading > 0) {
        return;
      }
      int from = offset;
      int end = offset + length;
      if (!quoted) {
        while (from < end && isBlank(text[from])) {
          from++;
        }
        while (from < end && isBlank(text[end - 1])) {
          end--;
        }
      }
      fields.add(text, from, end);
    }

    private static boolean isBlank(char letter) {
      return (letter <= ' ' || letter > '~') && Character.isWhitespace(letter);
    }

    @Override
    protected Boolean buildRecord() {
      if (getRecordType() != RecordType.DATA) { // a comment
        return true;
      }
      if (leading > 0) {
        leading--;
      } else {
        fields.end();
      }
      return true;
    }
  }

  private static Reader withoutMark(InputStream bytes, Dialect dialect) throws IOException {
    Reader reader = new BufferedReader(new InputStreamReader(bytes, dialect.charset()), 1 << 16);
    reader.mark(1);
    if (reader.read() != DialectGuess.MARK) {
      reader.reset();
    }
    return reader;
  }

  /** FastCSV says where it failed, and the cause says why. */
  private static String reason(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }
}
