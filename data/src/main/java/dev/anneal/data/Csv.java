package dev.anneal.data;

import static java.util.Comparator.comparingDouble;
import static java.util.Comparator.naturalOrder;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.anneal.api.InputException;
import dev.anneal.api.Messages;
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

  /** Of a table for a model that is trained already, how many numbers it takes; else 0. */
  private final int features;

  private Csv(String file, int features) {
    this.file = file;
    this.features = features;
  }

  /**
   * Reads a table for a model that is trained already. It has as many columns as the model has
   * inputs, or one more, the last, with labels.
   *
   * @param classNames what the model calls its classes
   * @param needed whether there must be labels
   */
  static NewData readNew(Path path, int features, List<String> classNames, boolean needed) {
    Csv csv = new Csv(path.toString(), features);
    try (InputStream in = Files.newInputStream(path)) {
      csv.read(in);
    } catch (IOException e) {
      throw ReadFailure.because(path, e);
    }
    if (csv.rows.isEmpty()) {
      throw new InputException(path + ": no rows of data");
    }
    boolean labelled = csv.columns == features + 1;
    if (needed && !labelled) {
      throw new InputException(
          "%s: %d columns are the inputs of the model; a last one with the labels is missing"
              .formatted(path, features));
    }
    int[] labels = new int[csv.rows.size()];
    for (int row = 0; needed && row < labels.length; row++) {
      labels[row] = csv.label(row, classNames);
    }
    return new NewData(new ArraySamples(csv.rows, labels, classNames.size()), labelled);
  }

  /** Names are compared as numbers where they are: 1 and 1.0 are one class. */
  private int label(int row, List<String> classNames) {
    String label = labels.get(row);
    int at = classNames.indexOf(label);
    for (int i = 0; at < 0 && i < classNames.size(); i++) {
      if (isNumber(label)
          && isNumber(classNames.get(i))
          && Double.parseDouble(label) == Double.parseDouble(classNames.get(i))) {
        at = i;
      }
    }
    if (at < 0) {
      throw new InputException(
          "%s, row %d: the label %s is none of the classes of the model: %s"
              .formatted(file, row + 1, quote(label), Messages.list(classNames)));
    }
    return at;
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
    Csv csv = new Csv(file, 0);
    csv.read(in);
    return csv.encode(name, source);
  }

  private void read(InputStream in) {
    try (CsvReader<CsvRecord> records =
        CsvReader.builder()
            .detectBomHeader(true)
            .maxBufferSize(LONGEST)
            .allowUnclosedQuote(false)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .ofCsvRecord(in)) {
      for (CsvRecord record : records) {
        add(record);
      }
    } catch (CsvParseException e) {
      throw new InputException("%s: not a CSV file: %s".formatted(file, reason(e)), e);
    } catch (UncheckedIOException | IOException e) {
      throw new InputException("%s: cannot be read: %s".formatted(file, reason(e)), e);
    }
  }

  private void add(CsvRecord record) {
    if (columns == 0) {
      columns = record.getFieldCount();
      if (features == 0 && columns < 2) {
        throw error(record, "one column; give features and the label, separated by commas");
      }
      if (features > 0 && columns != features && columns != features + 1) {
        throw error(
            record,
            "%d columns; the model takes %d inputs, and a label may follow"
                .formatted(columns, features));
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
    boolean labelled = columns != features;
    float[] row = new float[labelled ? columns - 1 : columns];
    for (int column = 0; column < row.length; column++) {
      row[column] = number(record, column);
    }
    rows.add(row);
    if (!labelled) {
      return;
    }
    String label = record.getField(columns - 1).strip();
    if (isMissing(label) && features == 0) {
      throw error(record, columns - 1, "the label is missing");
    }
    labels.add(known.computeIfAbsent(label, same -> same));
  }

  private boolean isHeader(CsvRecord record) {
    int inputs = columns == features ? columns : columns - 1;
    return record.getFields().subList(0, inputs).stream()
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
    return String.valueOf(root.getMessage());
  }
}
