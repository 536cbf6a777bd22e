package dev.anneal.data.table;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a file of text writes a table.
 *
 * @param charset its letters; a mark of byte order is skipped
 * @param gzip whether it is packed
 * @param arff whether it is an attribute-relation file, which declares its columns
 * @param separator between two fields
 * @param quote around a field that has separators or line ends in it
 * @param decimal point or comma
 * @param thousands between groups of three digits, such as {@code 1,234.5}
 * @param comment what a line begins with that is left out, if any does
 * @param leadingLines lines before the table that are not empty: that of Excel which names the
 *     separator, that of scikit-learn which counts rows, titles
 * @param header whether the first line of the table names the columns
 * @param rowNames whether the first column names the rows, as R and pandas write it
 */
public record Dialect(
    Charset charset,
    boolean gzip,
    boolean arff,
    char separator,
    char quote,
    char decimal,
    char thousands,
    Optional<Character> comment,
    int leadingLines,
    boolean header,
    boolean rowNames) {

  /**
   * The dialect in words.
   *
   * @return such as {@code semicolons, decimal commas, a header; UTF-16LE; gzip}
   */
  public String summary() {
    return (arff ? "ARFF" : String.join(", ", words()))
        + (charset.equals(StandardCharsets.UTF_8) ? "" : "; " + charset)
        + (gzip ? "; gzip" : "");
  }

  private List<String> words() {
    List<String> words = new ArrayList<>();
    words.add(
        switch (separator) {
          case ',' -> "commas";
          case ';' -> "semicolons";
          case '\t' -> "tabs";
          case '|' -> "bars";
          case ' ' -> "spaces";
          default -> "separator " + separator;
        });
    if (decimal == ',') {
      words.add("decimal commas");
    }
    switch (thousands) {
      case '\'' -> words.add("thousands apart by '");
      case ' ' -> words.add("thousands apart by blanks");
      default -> {
        if (thousands != usualThousands(decimal)) {
          words.add("thousands apart by " + thousands);
        }
      }
    }
    if (quote != '"') {
      words.add("quotes " + quote);
    }
    comment.ifPresent(letter -> words.add("comments after " + letter));
    if (leadingLines > 0) {
      words.add((leadingLines == 1 ? "a line" : leadingLines + " lines") + " before the table");
    }
    words.add(header ? "a header" : "no header");
    if (rowNames) {
      words.add("names of rows in front");
    }
    return words;
  }

  /** The one of point and comma that is not the decimal one. */
  static char usualThousands(char decimal) {
    return decimal == ',' ? '.' : ',';
  }
}
