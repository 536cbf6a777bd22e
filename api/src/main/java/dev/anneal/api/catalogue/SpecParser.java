package dev.anneal.api.catalogue;

import dev.anneal.api.InputException;
import dev.anneal.api.Messages;
import dev.anneal.api.catalogue.Spec.Argument;
import dev.anneal.api.schedule.Unit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the notation, without knowing any plugin.
 *
 * <pre>
 * spec     = atom [ "(" [ argument { "," argument } ] ")" ] [ "per" ( "iteration" | "epoch" ) ]
 *          | "[" [ spec { "," spec } ] "]"
 * argument = [ name "=" ] spec
 * atom     = letters, digits and _ - + . %   |   "text in quotes, with \" and \\"
 * </pre>
 *
 * <p>The notation of several specifications in one text is that of {@link Clause}.
 */
final class SpecParser {
  // Far beyond any sensible composition, far below what the stack holds.
  private static final int DEPTH = 50;
  private static final Pattern ATOM = Pattern.compile("[A-Za-z0-9_.+%-]*");
  private static final Pattern SUBJECT = Pattern.compile("[A-Za-z0-9_.+%*?-]*");

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

  /** Reads {@code spec, spec}. */
  static List<Spec> list(String text) {
    SpecParser parser = new SpecParser(text);
    List<Spec> specs = new ArrayList<>();
    do {
      specs.add(parser.spec(1));
      parser.skipSpace();
    } while (parser.take(','));
    if (parser.at < text.length()) {
      throw parser.error("expected \",\" or the end instead of " + parser.next());
    }
    return specs;
  }

  /** Reads {@code name=value, name=value}. */
  static List<Argument> changes(String text) {
    SpecParser parser = new SpecParser(text);
    List<Argument> changes = parser.changes();
    if (parser.at < text.length()) {
      throw parser.error("expected \",\" or the end instead of " + parser.next());
    }
    return changes;
  }

  static List<Clause> clauses(String text, Set<String> words) {
    SpecParser parser = new SpecParser(text);
    List<Clause> clauses = new ArrayList<>();
    do {
      clauses.add(parser.clause(words));
    } while (parser.take(';'));
    if (parser.at < text.length()) {
      throw parser.error("expected \";\" or the end instead of " + parser.next());
    }
    return clauses;
  }

  private Clause clause(Set<String> words) {
    skipSpace();
    int start = at;
    Optional<String> subject = Optional.of(take('"') ? quoted() : word(SUBJECT));
    skipSpace();
    if (!take(':')) {
      subject = Optional.empty();
      at = start;
    } else if (subject.get().isBlank()) {
      throw Spec.error(text, start, "expected a name or a pattern before \":\"");
    }
    skipSpace();
    int from = at;
    boolean isChange = false;
    if (!words.contains(peek())) {
      isChange = argument(1, true).key() != null;
      if (isChange) {
        at = from;
        changes();
      }
    }
    String body = text.substring(from, at).strip();
    Map<String, String> given = new LinkedHashMap<>();
    while (words.contains(peek())) {
      int place = at;
      String word = word();
      skipSpace();
      take('=');
      skipSpace();
      int value = at;
      spec(1);
      if (given.put(word, text.substring(value, at).strip()) != null) {
        throw Spec.error(text, place, "\"" + word + "\" is given twice");
      }
    }
    return new Clause(subject, body, isChange, given);
  }

  private List<Argument> changes() {
    List<Argument> changes = new ArrayList<>();
    do {
      changes.add(argument(1, false));
    } while (take(','));
    return changes;
  }

  /** Can this be written without quotes? */
  static boolean isAtom(String word) {
    return !word.isEmpty() && ATOM.matcher(word).matches();
  }

  private Spec spec(int depth) {
    if (depth > DEPTH) {
      throw error("specifications nest at most " + DEPTH + " deep");
    }
    skipSpace();
    int start = at;
    if (take('[')) {
      List<Spec> items = items(depth);
      skipSpace();
      return new Spec(text, start, "", List.of(), null, items);
    }
    String head = take('"') ? quoted() : atom();
    skipSpace();
    List<Argument> arguments = take('(') ? arguments(depth) : List.of();
    Unit per = per();
    return new Spec(text, start, head, arguments, per, null);
  }

  private List<Argument> arguments(int depth) {
    int open = at - 1;
    List<Argument> arguments = new ArrayList<>();
    skipSpace();
    if (take(')')) {
      return arguments;
    }
    while (true) {
      arguments.add(argument(depth, arguments.isEmpty() || arguments.getLast().key() == null));
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

  private List<Spec> items(int depth) {
    int open = at - 1;
    List<Spec> items = new ArrayList<>();
    skipSpace();
    if (take(']')) {
      return items;
    }
    while (true) {
      items.add(spec(depth + 1));
      if (take(']')) {
        return items;
      }
      if (at == text.length()) {
        throw Spec.error(text, open, "this bracket is never closed");
      }
      if (!take(',')) {
        throw error("expected \",\" or \"]\" instead of " + next());
      }
    }
  }

  private Argument argument(int depth, boolean mayBeUnnamed) {
    skipSpace();
    int start = at;
    String key = word();
    skipSpace();
    if (!key.isEmpty() && take('=')) {
      return new Argument(start, key, spec(depth + 1));
    }
    at = start;
    Spec value = spec(depth + 1);
    if (!mayBeUnnamed) {
      throw Spec.error(text, start, "this needs a name; write name=value");
    }
    return new Argument(start, null, value);
  }

  private @Nullable Unit per() {
    skipSpace();
    int start = at;
    if (!word().equalsIgnoreCase("per")) {
      at = start;
      return null;
    }
    skipSpace();
    int unit = at;
    String word = word();
    for (Unit candidate : Unit.values()) {
      if (candidate.name().equalsIgnoreCase(word)) {
        skipSpace();
        return candidate;
      }
    }
    throw Spec.error(
        text,
        unit,
        "after \"per\" comes epoch or iteration"
            + (word.isEmpty() ? "" : ", not \"" + Messages.brief(word) + "\""));
  }

  private String atom() {
    String word = word();
    if (word.isEmpty()) {
      throw error("expected a name or a value instead of " + next());
    }
    return word;
  }

  private String quoted() {
    int open = at - 1;
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

  /** What comes next, for messages. */
  private String next() {
    if (at == text.length()) {
      return "the end";
    }
    String word = peek();
    return "\"" + (word.isEmpty() ? text.substring(at, at + 1) : Messages.brief(word)) + "\"";
  }

  /** The word that comes next; there may be none. */
  private String peek() {
    int start = at;
    String word = word();
    at = start;
    return word;
  }

  /** Moves past letters, digits and signs; there may be none. */
  private String word() {
    return word(ATOM);
  }

  private String word(Pattern pattern) {
    Matcher matcher = pattern.matcher(text).region(at, text.length());
    // Always true: the patterns match the empty word too.
    if (matcher.lookingAt()) {
      at = matcher.end();
    }
    return matcher.group();
  }

  private InputException error(String message) {
    return Spec.error(text, at, message);
  }
}
