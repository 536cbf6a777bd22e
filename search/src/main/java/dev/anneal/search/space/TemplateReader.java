package dev.anneal.search.space;

import dev.anneal.api.InputException;
import dev.anneal.api.Messages;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads texts of options: {@code log(a, b)}, {@code uniform(a, b)}, {@code int(a, b)} and {@code
 * choice(x, y, ...)} are values that are not chosen yet; all else stands as it is, what is in
 * quotes too. {@code log} of one argument is the logarithm in a formula.
 */
final class TemplateReader {
  /** A hyphen belongs to a name: {@code glorot-uniform} is one. */
  private static final Pattern PLACE =
      Pattern.compile("(?<![\\p{Alnum}_.-])(log|uniform|int|choice)\\s*\\(");

  private static final Pattern NAME_BEFORE = Pattern.compile("([\\p{Alnum}_-]+)\\s*$");

  private final String option;
  private final List<Dimension> dimensions;

  TemplateReader(String option, List<Dimension> dimensions) {
    this.option = option;
    this.dimensions = dimensions;
  }

  /** Whether a text has values that are not chosen. */
  static boolean isOpen(String text) {
    return !new TemplateReader("", new ArrayList<>())
        .read(text, "").parts().stream().allMatch(Template.Fixed.class::isInstance);
  }

  /**
   * Reads a text; adds to the dimensions.
   *
   * @param text any
   * @param before what stands before it, for the names of dimensions
   */
  Template read(String text, String before) {
    List<Template.Part> parts = new ArrayList<>();
    Matcher place = PLACE.matcher(text);
    int done = 0;
    int from = 0;
    while (place.find(from)) {
      from = place.end();
      if (isQuoted(text, place.start())) {
        continue;
      }
      int end = closing(text, place.end());
      String inner = end < 0 ? "" : text.substring(place.end(), end);
      Optional<Template.Part> part =
          end < 0
              ? Optional.empty()
              : part(place.group(1), inner, before + text.substring(0, place.start()));
      if (part.isPresent()) {
        parts.add(new Template.Fixed(text.substring(done, place.start())));
        parts.add(part.get());
        done = end + 1;
        from = done;
      }
    }
    parts.add(new Template.Fixed(text.substring(done)));
    return new Template(
        parts.stream().filter(each -> !each.equals(new Template.Fixed(""))).toList());
  }

  private Optional<Template.Part> part(String kind, String inner, String before) {
    List<String> arguments = arguments(inner);
    if (kind.equals("choice")) {
      return Optional.of(alternatives(arguments, before));
    }
    List<OptionalDouble> numbers = arguments.stream().map(TemplateReader::number).toList();
    if (kind.equals("log") && arguments.size() == 1) {
      return Optional.empty();
    }
    if (numbers.size() != 2 || !numbers.stream().allMatch(OptionalDouble::isPresent)) {
      throw error(
          "%s(%s): it takes two numbers, such as %s"
              .formatted(
                  kind,
                  Messages.brief(inner),
                  kind.equals("log") ? "log(1e-3, 1)" : kind + "(1, 8)"));
    }
    double low = numbers.getFirst().getAsDouble();
    double high = numbers.getLast().getAsDouble();
    Range range = range(kind, low, high);
    dimensions.add(new Dimension(name(before), range));
    return Optional.of(new Template.Quantity(dimensions.size() - 1, range));
  }

  private Range range(String kind, double low, double high) {
    try {
      if (kind.equals("int") && (low != (int) low || high != (int) high)) {
        throw new InputException("int(a, b) takes two whole numbers below 2^31");
      }
      return switch (kind) {
        case "log" -> new Range.Log(low, high);
        case "int" -> new Range.Whole((int) low, (int) high);
        default -> new Range.Uniform(low, high);
      };
    } catch (InputException e) {
      throw error(String.valueOf(e.getMessage()));
    }
  }

  /** The choice is a dimension, before those within its options. */
  private Template.Part alternatives(List<String> arguments, String before) {
    Range.Choice range;
    try {
      range = new Range.Choice(arguments);
    } catch (InputException e) {
      throw error(String.valueOf(e.getMessage()));
    }
    int dimension = dimensions.size();
    dimensions.add(new Dimension(name(before), range));
    List<Template> options = arguments.stream().map(argument -> read(argument, before)).toList();
    return new Template.Alternatives(dimension, range, options);
  }

  private InputException error(String message) {
    return new InputException("--%s: %s".formatted(option, message));
  }

  private static OptionalDouble number(String text) {
    try {
      return OptionalDouble.of(new BigDecimal(text).doubleValue());
    } catch (NumberFormatException _) {
      return OptionalDouble.empty();
    }
  }

  /** The parameter before it, or what it is an argument of, or the option; no name twice. */
  private String name(String before) {
    String owner = before.stripTrailing();
    if (owner.endsWith("=") || owner.endsWith(":")) {
      owner = owner.substring(0, owner.length() - 1);
    } else {
      int open = opening(owner);
      owner = open < 0 ? "" : owner.substring(0, open);
    }
    Matcher name = NAME_BEFORE.matcher(owner);
    String base = name.find() ? name.group(1) : option;
    Set<String> taken = dimensions.stream().map(Dimension::name).collect(Collectors.toSet());
    String unique = base;
    for (int i = 2; taken.contains(unique); i++) {
      unique = base + " " + i;
    }
    return unique;
  }

  /** The innermost bracket that is open at the end; -1 for none. */
  private static int opening(String text) {
    int depth = 0;
    for (int i = text.length() - 1; i >= 0; i--) {
      char c = text.charAt(i);
      if (c == ')' || c == ']') {
        depth++;
      } else if (c == '(' || c == '[') {
        if (depth == 0) {
          return i;
        }
        depth--;
      }
    }
    return -1;
  }

  private static boolean isQuoted(String text, int at) {
    return text.substring(0, at).replace("\\\"", "").chars().filter(c -> c == '"').count() % 2 == 1;
  }

  /** Where the bracket closes that opened before a place; -1 where it does not. */
  private static int closing(String text, int from) {
    int depth = 0;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isQuoted(text, i)) {
        continue;
      }
      if (c == '(' || c == '[') {
        depth++;
      } else if (c == ')' || c == ']') {
        if (depth == 0) {
          return i;
        }
        depth--;
      }
    }
    return -1;
  }

  /** Divides at commas that are in no bracket and no quotes. */
  private static List<String> arguments(String inner) {
    List<String> arguments = new ArrayList<>();
    int start = 0;
    int depth = 0;
    for (int i = 0; i <= inner.length(); i++) {
      char c = i == inner.length() ? ',' : inner.charAt(i);
      if (i < inner.length() && isQuoted(inner, i)) {
        continue;
      }
      if (c == '(' || c == '[') {
        depth++;
      } else if (c == ')' || c == ']') {
        depth--;
      } else if (c == ',' && (depth == 0 || i == inner.length())) {
        arguments.add(inner.substring(start, i).strip());
        start = i + 1;
      }
    }
    return arguments;
  }
}
