package dev.anneal.processor;

import dev.anneal.processor.Declaration.Parameter;

/** What the documentation of a parameter says. */
final class Comments {
  private static final String UNBOUNDED = "(-inf, inf)";

  private Comments() {}

  /** Meaning, range and default, beginning with a capital, without a full stop. */
  static String sentence(Parameter parameter) {
    String phrase = phrase(parameter);
    return phrase.isEmpty()
        ? "The parameter " + parameter.name()
        : Character.toUpperCase(phrase.charAt(0)) + phrase.substring(1);
  }

  /** Meaning, range and default. */
  static String phrase(Parameter parameter) {
    String range = parameter.range();
    return escape(parameter.meaning())
        + (range.isEmpty() || range.equals(UNBOUNDED) ? "" : ", in " + code(range))
        + (parameter.choices().isEmpty()
            ? ""
            : ", one of " + code(String.join(", ", parameter.choices())))
        + (parameter.isRequired() ? "" : "; by default " + code(parameter.byDefault()));
  }

  private static String code(String text) {
    return "<code>" + escape(text) + "</code>";
  }

  /** Any text, as a comment shows it: nothing in it is a tag, the comment's end or an escape. */
  static String escape(String text) {
    return text.replaceAll("\\s+", " ")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("@", "&#64;")
        .replace("{", "&#123;")
        .replace("}", "&#125;")
        .replace("\\", "&#92;")
        .replace("*/", "*&#47;");
  }
}
