package dev.anneal.data.table;

import dev.anneal.data.table.Column.Categorical;
import dev.anneal.data.table.Column.Numeric;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is in a column.
 *
 * @param distinct how many different values there are
 * @param least of the numbers; NaN where there is none, and of texts
 * @param mean likewise
 * @param deviation the square root of their variance, likewise
 * @param greatest likewise
 * @param counts how many rows have each text, the most frequent first; empty for numbers
 */
public record ColumnSummary(
    int distinct,
    double least,
    double mean,
    double deviation,
    double greatest,
    Map<String, Integer> counts) {

  /**
   * Looks at a column.
   *
   * @param column any
   * @return what is in it
   */
  public static ColumnSummary of(Column column) {
    return switch (column) {
      case Numeric numbers -> of(numbers);
      case Categorical texts -> of(texts);
    };
  }

  private static ColumnSummary of(Numeric numbers) {
    double[] sorted = new double[numbers.values().length - numbers.missing()];
    int at = 0;
    double sum = 0;
    for (double value : numbers.values()) {
      if (!Double.isNaN(value)) {
        sorted[at++] = value;
        sum += value;
      }
    }
    double mean = sum / sorted.length;
    double squares = 0;
    int distinct = 0;
    Arrays.sort(sorted);
    for (int i = 0; i < sorted.length; i++) {
      squares += (sorted[i] - mean) * (sorted[i] - mean);
      distinct += i == 0 || sorted[i] != sorted[i - 1] ? 1 : 0;
    }
    return new ColumnSummary(
        distinct,
        sorted.length == 0 ? Double.NaN : sorted[0],
        mean,
        Math.sqrt(squares / sorted.length),
        sorted.length == 0 ? Double.NaN : sorted[sorted.length - 1],
        Map.of());
  }

  private static ColumnSummary of(Categorical texts) {
    int[] rows = new int[texts.categories().size()];
    for (int code : texts.codes()) {
      if (code >= 0) {
        rows[code]++;
      }
    }
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (int code = 0; code < rows.length; code++) {
      counts.put(texts.categories().get(code), rows[code]);
    }
    Map<String, Integer> sorted = new LinkedHashMap<>();
    counts.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .forEach(each -> sorted.put(each.getKey(), each.getValue()));
    double none = Double.NaN;
    return new ColumnSummary(rows.length, none, none, none, none, sorted);
  }
}
