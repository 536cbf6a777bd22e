package dev.anneal.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * HTML with holes: {@code {{name}}} takes text, which is escaped, and {@code {{{name}}}} takes
 * markup.
 *
 * @param html the text with holes
 */
record Template(String html) {
  private static final Pattern HOLE = Pattern.compile("\\{\\{(\\{?)(\\w+)}?}}");

  static Template of(String resource) {
    return new Template(resource(resource));
  }

  static String resource(String name) {
    try (InputStream in = Template.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Fills all holes in one pass, so that no value is searched for holes. */
  String fill(Map<String, String> values) {
    return HOLE.matcher(html)
        .replaceAll(hole -> {
          String value = Objects.requireNonNull(values.get(hole.group(2)), hole.group(2));
          return Matcher.quoteReplacement(hole.group(1).isEmpty() ? escape(value) : value);
        });
  }

  /** A specification: a line may end between the links of a chain, not within a number. */
  static String breakable(String specification) {
    return escape(specification).replace(").", ")<wbr>.");
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
