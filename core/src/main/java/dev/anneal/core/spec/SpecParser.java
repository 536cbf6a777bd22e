package dev.anneal.core.spec;

import dev.anneal.core.InputException;
import dev.anneal.core.schedule.Unit;
import dev.anneal.core.spec.Spec.Argument;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the notation, without knowing any plugin.
 *
 * <pre>
 * spec     = atom [ "(" [ argument { "," argument } ] ")" ] [ "per" ( "iteration" | "epoch" ) ]
 * argument = [ name "=" ] spec
 * atom     = letters, digits and _ - + . %   |   "text in quotes, with \" and \\"
 * </pre>
 */
final class SpecParser {
  // Far beyond any sensible composition, far below what the stack holds.
  private static final int DEPTH = 50;

  private final String text;
  private int at;

  private SpecParser(String text) {
    this.text = text;
  }

  static Spec parse(String text) {
    if (text.isBlank()) {
      throw new InputException("an empty specification; write for example 0.1 or name(key=value)");
    }
    SpecParser parser = new SpecParser(text);
    Spec spec = parser.spec(1);
    if (parser.at < text.length()) {
      throw parser.error(parser.next() + " is not expected after the end of a specification");
    }
    return spec;
  }

  /** Can this be written without quotes? */
  static boolean isAtom(String word) {
    return !word.isEmpty() && word.chars().allMatch(SpecParser::inAtom);
  }

  private Spec spec(int depth) {
    if (depth > DEPTH) {
      throw error("specifications nest at most " + DEPTH + " deep");
    }
    skipSpace();
    int start = at;
    String head = at < text.length() && text.charAt(at) == '"' ? quoted() : atom();
    skipSpace();
    List<Argument> arguments = at < text.length() && text.charAt(at) == '(' ? arguments(depth) : List.of();
    Unit per = per();
    return new Spec(text, start, head, arguments, per);
  }

  private List<Argument> arguments(int depth) {
    int open = at++;
    List<Argument> arguments = new ArrayList<>();
    skipSpace();
    if (take(')')) {
      return arguments;
    }
    while (true) {
      arguments.add(argument(depth, arguments.isEmpty()));
      if (take(')')) {
        return arguments;
      }
      if (at == text.length()) {
        throw Spec.error(text, open, "this parenthesis is never closed");
      }
      if (!take(',')) {
        throw error("expected \",\" or \")\" instead of " + next());
      }
    }
  }

  private Argument argument(int depth, boolean first) {
    skipSpace();
    int start = at;
    int end = start;
    while (end < text.length() && inAtom(text.charAt(end))) {
      end++;
    }
    at = end;
    skipSpace();
    if (end > start && take('=')) {
      return new Argument(start, text.substring(start, end), spec(depth + 1));
    }
    at = start;
    Spec value = spec(depth + 1);
    if (!first) {
      throw Spec.error(text, start, "only the first argument may go without a name; write name=value");
    }
    return new Argument(start, null, value);
  }

  private @Nullable Unit per() {
    skipSpace();
    int start = at;
    if (at == text.length() || !inAtom(text.charAt(at)) || !atom().equalsIgnoreCase("per")) {
      at = start;
      return null;
    }
    skipSpace();
    int unit = at;
    String word = at < text.length() && inAtom(text.charAt(at)) ? atom() : "";
    for (Unit candidate : Unit.values()) {
      if (candidate.name().equalsIgnoreCase(word)) {
        skipSpace();
        return candidate;
      }
    }
    throw Spec.error(text, unit, "after \"per\" comes epoch or iteration" + (word.isEmpty() ? "" : ", not \"" + word + "\""));
  }

  private String atom() {
    int start = at;
    while (at < text.length() && inAtom(text.charAt(at))) {
      at++;
    }
    if (at == start) {
      throw error("expected a name or a value instead of " + next());
    }
    return text.substring(start, at);
  }

  private String quoted() {
    int open = at++;
    StringBuilder content = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"') {
        return content.toString();
      }
      content.append(c == '\\' && at < text.length() ? text.charAt(at++) : c);
    }
    throw Spec.error(text, open, "this quote is never closed");
  }

  private boolean take(char expected) {
    boolean there = at < text.length() && text.charAt(at) == expected;
    if (there) {
      at++;
    }
    return there;
  }

  private void skipSpace() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private String next() {
    if (at == text.length()) {
      return "the end";
    }
    int end = at;
    while (end < text.length() && inAtom(text.charAt(end))) {
      end++;
    }
    return "\"" + text.substring(at, Math.max(end, at + 1)) + "\"";
  }

  private InputException error(String message) {
    return Spec.error(text, at, message);
  }

  private static boolean inAtom(int c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "_-+.%".indexOf(c) >= 0;
  }
}
