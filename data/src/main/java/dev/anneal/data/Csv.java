package dev.anneal.data;

import static java.util.Comparator.comparingDouble;
import static java.util.Comparator.naturalOrder;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.anneal.api.InputException;
import dev.anneal.api.numeric.Numbers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads comma-separated values: numbers, and the label in the last column. UTF-8, with or without a
 * byte order mark, any line ends, quotes as in RFC 4180. The first line is a header if none of its
 * features is a number or missing: a single typing error in the first row is reported, not
 * swallowed as a header.
 */
final class Csv {
  private static final Set<String> MISSING = Set.of("", "nan", "na", "n/a", "null", "?");

  /** Letters of a field. A quote that is never closed would make one field of all that follows. */
  private static final int LONGEST = 1 << 20;

  private final String file;
  private final List<float[]> rows = new ArrayList<>();
  private final List<String> labels = new ArrayList<>();
  private final Map<String, String> known = new HashMap<>();
  private int columns;

  private Csv(String file) {
    this.file = file;
  }

  static DataSet read(Path path) {
    try (InputStream in = Files.newInputStream(path)) {
      return read("csv:" + path, path.toString(), "the file " + path, in);
    } catch (IOException e) {
      throw ReadFailure.because(path, e);
    }
  }

  /**
   * Reads a table.
   *
   * @param name of the data set
   * @param file what error messages call the table
   * @param source authors and licence
   * @throws InputException on the first error, with line and column counted from 1
   */
  static DataSet read(String name, String file, String source, InputStream in) {
    Csv csv = new Csv(file);
    try (CsvReader<CsvRecord> records =
        CsvReader.builder()
            .detectBomHeader(true)
            .maxBufferSize(LONGEST)
            .allowUnclosedQuote(false)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .ofCsvRecord(in)) {
      for (CsvRecord record : records) {
        csv.add(record);
      }
    } catch (CsvParseException e) {
      throw new InputException("%s: not a CSV file: %s".formatted(file, reason(e)), e);
    } catch (UncheckedIOException | IOException e) {
      throw new InputException("%s: cannot be read: %s".formatted(file, reason(e)), e);
    }
    return csv.encode(name, source);
  }

  private void add(CsvRecord record) {
    if (columns == 0) {
      columns = record.getFieldCount();
      if (columns < 2) {
        throw error(record, "one column; give features and the label, separated by commas");
      }
      if (isHeader(record)) {
        return;
      }
    }
    if (record.getFieldCount() != columns) {
      throw error(
          record,
          "%d columns where the first line has %d".formatted(record.getFieldCount(), columns));
    }
    float[] row = new float[columns - 1];
    for (int column = 0; column < row.length; column++) {
      row[column] = number(record, column);
    }
    String label = record.getField(columns - 1).strip();
    if (isMissing(label)) {
      throw error(record, columns - 1, "the label is missing");
    }
    rows.add(row);
    labels.add(known.computeIfAbsent(label, same -> same));
  }

  private static boolean isHeader(CsvRecord record) {
    List<String> features = record.getFields().subList(0, record.getFieldCount() - 1);
    return features.stream()
        .map(String::strip)
        .noneMatch(text -> isNumber(text) || isMissing(text));
  }

  private float number(CsvRecord record, int column) {
    String text = record.getField(column).strip();
    if (isMissing(text)) {
      throw error(record, column, "the number is missing");
    }
    double parsed =
        Numbers.parse(text)
            .orElseThrow(() -> error(record, column, quote(text) + " is not a number"));
    // By way of double, as NumPy and Keras read it.
    float value = (float) parsed;
    if (Float.isInfinite(value)) {
      throw error(record, column, quote(text) + " is too large; the limit is 3.4e38");
    }
    return value;
  }

  // Labels are sorted as scikit-learn's LabelEncoder sorts them: numbers by value, anything else by
  // its text.
  private DataSet encode(String name, String source) {
    if (rows.isEmpty()) {
      throw new InputException(file + ": no rows of data");
    }
    boolean numeric = known.keySet().stream().allMatch(Csv::isNumber);
    var codes =
        new TreeMap<String, Integer>(numeric ? comparingDouble(Csv::parsed) : naturalOrder());
    known.keySet().stream().sorted().forEach(label -> codes.putIfAbsent(label, 0));
    if (codes.size() < 2) {
      throw new InputException(
          "%s: all rows have the label %s; give at least 2 classes"
              .formatted(file, quote(codes.firstKey())));
    }
    List<String> classNames = List.copyOf(codes.keySet());
    for (int code = 0; code < classNames.size(); code++) {
      codes.put(classNames.get(code), code);
    }
    int[] encoded = labels.stream().mapToInt(codes::get).toArray();
    var samples = new ArraySamples(rows, encoded, classNames.size());
    return new DataSet(name, samples, Optional.empty(), classNames, source);
  }

  private static boolean isNumber(String text) {
    return Numbers.parse(text).isPresent();
  }

  private static double parsed(String number) {
    return Numbers.parse(number).orElseThrow();
  }

  private static boolean isMissing(String text) {
    return MISSING.contains(text.toLowerCase(Locale.ROOT));
  }

  private InputException error(CsvRecord record, String what) {
    return new InputException(
        "%s, line %d: %s".formatted(file, record.getStartingLineNumber(), what));
  }

  private InputException error(CsvRecord record, int column, String what) {
    return new InputException(
        "%s, line %d, column %d: %s"
            .formatted(file, record.getStartingLineNumber(), column + 1, what));
  }

  private static String quote(String text) {
    return '"' + (text.length() > 40 ? text.substring(0, 40) + "…" : text) + '"';
  }

  // FastCSV says where it failed, and the cause says why.
  private static @Nullable String reason(Exception e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage();
  }
}
