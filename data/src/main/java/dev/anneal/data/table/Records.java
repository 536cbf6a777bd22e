package dev.anneal.data.table;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.reader.RecordType;
import dev.anneal.api.InputException;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongConsumer;

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
   * @param lenient whether a quote may break the rules, as it does where the text is cut
   * @return those before such a quote; nothing where there may be none
   * @throws InputException if they do not fit in memory
   */
  static List<List<String>> first(
      String text, Dialect dialect, int most, Memory memory, boolean lenient) {
    Collected collected = new Collected(memory);
    try (CsvReader<Boolean> reader =
        builder(dialect).build(new Handler(collected, 0), new StringReader(text))) {
      Iterator<Boolean> each = reader.iterator();
      while (collected.records.size() < most && each.hasNext()) {
        each.next();
      }
      return collected.records;
    } catch (CsvParseException | UncheckedIOException e) {
      if (root(e) instanceof InputException ours) {
        throw ours;
      }
      return lenient ? collected.records : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Some records as texts. */
  private static final class Collected implements Fields {
    private final Memory memory;
    private final List<List<String>> records = new ArrayList<>();
    private List<String> record = new ArrayList<>();

    Collected(Memory memory) {
      this.memory = memory;
    }

    @Override
    public void begin(long line) {
      record = new ArrayList<>();
    }

    @Override
    public void add(char[] text, int from, int end, boolean quoted) {
      memory.takeText(end - from);
      record.add(new String(text, from, end - from).strip());
    }

    @Override
    public void end() {
      records.add(record);
    }
  }

  /**
   * All records of a file, in order, without the lines before the table.
   *
   * @throws InputException if it cannot be read, or is no table
   */
  static void forEach(Source source, Dialect dialect, LongConsumer progress, Fields fields) {
    try (Reader reader = source.letters(dialect.charset(), progress)) {
      if (dialect.arff()) {
        Arff.forEach(source.file(), reader, fields);
      } else {
        builder(dialect)
            .build(new Handler(fields, dialect.leadingLines()), reader)
            .forEach(_ -> {});
      }
    } catch (IOException e) {
      throw source.unreadable(e);
    } catch (CsvParseException | UncheckedIOException e) {
      throw switch (root(e)) {
        case InputException ours -> ours; // of what takes the fields
        case IOException io -> source.unreadable(io);
        case Throwable root ->
            new InputException(
                "%s: not a table: %s; mend the quote, or name what is around fields: --quote"
                    .formatted(source.file(), root.getMessage()),
                e);
      };
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
      fields.add(text, from, end, quoted);
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

  /** FastCSV says where it failed, and the cause says why. */
  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
