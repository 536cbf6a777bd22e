package dev.anneal.data.table;

import dev.anneal.api.InputException;
import dev.anneal.data.table.ColumnReader.Known;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The records of an attribute-relation file, as Weka and OpenML write it: its columns are declared
 * with their kinds before the data.
 */
final class Arff {
  /** Letters of a line. A packed file may hold one that fills the memory. */
  private static final int LONGEST = 1 << 22;

  private final Path file;
  private final Reader reader;
  private final Fields fields;

  /** Of each column what a row has that lists only some of its values. */
  private final List<String> absent = new ArrayList<>();

  private final StringBuilder line = new StringBuilder();
  private long number;

  /** Whether the last token was. */
  private boolean quoted;

  private int at;

  private Arff(Path file, Reader reader, Fields fields) {
    this.file = file;
    this.reader = reader;
    this.fields = fields;
  }

  /** Whether a text begins as such a file does. */
  static boolean is(String text) {
    return text.lines()
        .map(String::strip)
        .filter(each -> !each.isEmpty() && each.charAt(0) != '%')
        .findFirst()
        .filter(each -> startsWith(each, "@relation"))
        .isPresent();
  }

  /**
   * All records of a file, in order; its columns are declared first.
   *
   * @throws InputException if it breaks the rules; the message names the line
   */
  static void forEach(Path file, Reader reader, Fields fields) throws IOException {
    Arff arff = new Arff(file, reader, fields);
    arff.declarations();
    arff.rows();
  }

  private void declarations() throws IOException {
    while (next()) {
      String text = line.toString();
      if (startsWith(text, "@data")) {
        return;
      }
      if (startsWith(text, "@attribute")) {
        at = "@attribute".length();
        declare(token(" \t"));
      } else if (!startsWith(text, "@relation")) {
        throw wrong("neither @attribute nor @data");
      }
    }
    throw wrong("@data is missing");
  }

  private static boolean startsWith(String text, String word) {
    return text.regionMatches(true, 0, word, 0, word.length());
  }

  private void declare(String name) {
    blanks();
    String type = line.substring(at).toLowerCase(Locale.ROOT);
    if (type.startsWith("{")) {
      at++;
      absent.add(token(",}"));
      fields.declare(name, Known.TEXTS);
      return;
    }
    absent.add("0");
    fields.declare(
        name,
        switch (type.split("\\s", 2)[0]) {
          case "numeric", "real", "integer" -> Known.NUMBERS;
          case "string" -> Known.TEXTS;
          case "date" -> Known.NOTHING;
          default -> throw wrong("a type \"%s\" is not known".formatted(type));
        });
  }

  private void rows() throws IOException {
    while (next()) {
      fields.begin(number);
      at = 0;
      if (line.charAt(0) == '{') {
        sparse();
      } else {
        boolean more = true;
        while (more) {
          String value = token(",");
          add(value, quoted);
          more = at++ < line.length();
        }
      }
      fields.end();
    }
  }

  /** A row that lists the places and values of those that are not 0, or not the first declared. */
  private void sparse() {
    String[] values = absent.toArray(String[]::new);
    at = 1;
    blanks();
    while (at < line.length() && line.charAt(at) != '}') {
      String place = token(" \t");
      int column = place.matches("\\d{1,9}") ? Integer.parseInt(place) : values.length;
      if (column >= values.length) {
        throw wrong("\"%s\" is the place of no column".formatted(place));
      }
      values[column] = token(",}");
      at += at < line.length() && line.charAt(at) == ',' ? 1 : 0;
      blanks();
    }
    if (at == line.length()) {
      throw wrong("a row that begins with { must end with }");
    }
    Arrays.asList(values).forEach(value -> add(value, false));
  }

  private void add(String value, boolean isQuoted) {
    fields.add(value.toCharArray(), 0, value.length(), isQuoted);
  }

  /** What comes next up to one of some letters, which are not taken, or to the end of the line. */
  private String token(String ends) {
    blanks();
    quoted = at < line.length() && (line.charAt(at) == '\'' || line.charAt(at) == '"');
    if (quoted) {
      String token = quoted(line.charAt(at++));
      if (at < line.length() && ends.indexOf(line.charAt(at)) < 0) {
        blanks();
        if (at < line.length() && ends.indexOf(line.charAt(at)) < 0) {
          throw wrong("letters after a closing quote");
        }
      }
      return token;
    }
    int from = at;
    while (at < line.length() && ends.indexOf(line.charAt(at)) < 0) {
      at++;
    }
    return line.substring(from, at).strip();
  }

  private String quoted(char quote) {
    StringBuilder token = new StringBuilder();
    while (at < line.length() && line.charAt(at) != quote) {
      char letter = line.charAt(at++);
      if (letter == '\\' && at < line.length()) {
        letter = unescaped(line.charAt(at++));
      }
      token.append(letter);
    }
    if (at++ == line.length()) {
      throw wrong("a quote is never closed");
    }
    return token.toString();
  }

  private static char unescaped(char letter) {
    return switch (letter) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> letter;
    };
  }

  private void blanks() {
    while (at < line.length() && Character.isWhitespace(line.charAt(at))) {
      at++;
    }
  }

  /** Goes to the next line that says something; false at the end of the file. */
  private boolean next() throws IOException {
    do {
      line.setLength(0);
      int letter = reader.read();
      if (letter < 0) {
        return false;
      }
      number++;
      for (; letter >= 0 && letter != '\n'; letter = reader.read()) {
        if (line.length() == LONGEST) {
          throw wrong("the line is too long");
        }
        if (!line.isEmpty() || !Character.isWhitespace(letter)) {
          line.append((char) letter);
        }
      }
      while (!line.isEmpty() && Character.isWhitespace(line.charAt(line.length() - 1))) {
        line.setLength(line.length() - 1);
      }
    } while (line.isEmpty() || line.charAt(0) == '%');
    return true;
  }

  private InputException wrong(String what) {
    return new InputException("%s, line %d: %s".formatted(file, number, what));
  }
}
