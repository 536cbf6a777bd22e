package dev.anneal.experiments;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.anneal.api.InputException;
import dev.anneal.api.numeric.Numbers;
import dev.anneal.preview.RecordedMetrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the metrics that a run left in a file. */
public final class MetricsFile {
  /** Letters of a field. A quote that is never closed would make one field of all that follows. */
  private static final int LONGEST = 1 << 20;

  private MetricsFile() {}

  /**
   * Reads what a run recorded.
   *
   * @param path the folder of a run; or a file with a JSON object on each line, an epoch each, as
   *     in such a folder; or a CSV file, named so, with a heading
   * @return its metrics; what is no number there is NaN
   * @throws InputException if it cannot be read
   */
  public static RecordedMetrics read(Path path) {
    Path file = Files.isDirectory(path) ? path.resolve(RunFolder.METRICS) : path;
    try {
      List<Map<String, Double>> rows = file.toString().endsWith(".csv") ? csv(file) : json(file);
      if (rows.isEmpty()) {
        throw new InputException(file + " has no epochs");
      }
      return new RecordedMetrics(rows);
    } catch (IOException | UncheckedIOException e) {
      throw new InputException("cannot read the metrics of %s: %s".formatted(path, e), e);
    }
  }

  /** The epochs that a run has recorded so far. */
  static List<Map<String, Double>> rows(Path file) throws IOException {
    return json(file);
  }

  /** Half a line at the end was being written when its run was killed: it does not count. */
  private static List<Map<String, Double>> json(Path file) throws IOException {
    List<Map<String, Double>> rows = new ArrayList<>();
    String text = Files.readString(file);
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      Map<String, Double> row = new LinkedHashMap<>();
      if (i == lines.size() - 1 && !text.endsWith("\n") && !isJson(lines.get(i))) {
        break;
      }
      object(file, i + 1, lines.get(i))
          .properties()
          .forEach(entry -> {
            JsonNode value = entry.getValue();
            row.put(entry.getKey(), value.isNumber() ? value.asDouble(Double.NaN) : Double.NaN);
          });
      rows.add(row);
    }
    return rows;
  }

  private static boolean isJson(String line) {
    try {
      return JsonMapper.shared().readTree(line).isObject();
    } catch (JacksonException _) {
      return false;
    }
  }

  private static JsonNode object(Path file, int number, String line) {
    String wrong = "%s: line %d is no JSON object".formatted(file, number);
    try {
      JsonNode read = JsonMapper.shared().readTree(line);
      if (read.isObject()) {
        return read;
      }
    } catch (JacksonException e) {
      throw new InputException(wrong, e);
    }
    throw new InputException(wrong);
  }

  private static List<Map<String, Double>> csv(Path file) throws IOException {
    List<Map<String, Double>> rows = new ArrayList<>();
    try (CsvReader<NamedCsvRecord> csv =
        CsvReader.builder().maxBufferSize(LONGEST).ofNamedCsvRecord(file)) {
      for (NamedCsvRecord record : csv) {
        Map<String, Double> row = new LinkedHashMap<>();
        record
            .getFieldsAsMap()
            .forEach((name, text) -> row.put(name.strip(), Numbers.parse(text).orElse(Double.NaN)));
        rows.add(row);
      }
    } catch (CsvParseException e) {
      throw new InputException("%s is no CSV: %s".formatted(file, e.getMessage()), e);
    }
    return rows;
  }
}
