package dev.anneal.nn.graph;

import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A pattern over the full names of parameters: {@code *} stands for any letters, dots included,
 * {@code ?} for one. It takes what it matches, and everything below: {@code dense_1} takes {@code
 * dense_1.kernel}.
 */
public record NamePattern(String pattern) implements Predicate<Parameter> {
  private static final Pattern PIECE = Pattern.compile("[*?]|[^*?]+");

  @Override
  public boolean test(Parameter parameter) {
    String regex =
        PIECE.matcher(pattern).replaceAll(piece -> Matcher.quoteReplacement(regex(piece.group())));
    return parameter.name().matches(regex + "(\\..*)?");
  }

  private static String regex(String piece) {
    return switch (piece) {
      case "*" -> ".*";
      case "?" -> ".";
      default -> Pattern.quote(piece);
    };
  }

  /** What it names, without a star at the end: what a typing error is looked for in. */
  public String stem() {
    return pattern.replaceFirst("\\.?\\*$", "");
  }
}
