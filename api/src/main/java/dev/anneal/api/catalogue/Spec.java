package dev.anneal.api.catalogue;

import dev.anneal.api.InputException;
import dev.anneal.api.Messages;
import dev.anneal.api.schedule.Unit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was written at one place of a specification: a name with its arguments, a lone word, number
 * or quoted string, or a list. What it means depends on the type of the parameter that it is given
 * to.
 *
 * @param text the whole specification, for messages
 * @param at where in {@code text} this part starts
 * @param head the name, word, number or content of the quotes
 * @param arguments what stands in the parentheses
 * @param per the unit that follows, if one does
 * @param items what stands in the brackets, if this is a list; it has an empty head then
 */
record Spec(
    String text,
    int at,
    String head,
    List<Argument> arguments,
    @Nullable Unit per,
    @Nullable List<Spec> items) {
  private static final int EXCERPT = 120;

  /** An argument; those without a key come first, in the order of the parameters. */
  record Argument(int at, @Nullable String key, Spec value) {}

  /** True where no parentheses and no unit follow the head. */
  boolean isAtom() {
    return arguments.isEmpty() && per == null && items == null;
  }

  /** As it is called in messages. */
  String excerpt() {
    return items != null
        ? "[...]"
        : isAtom() ? Messages.brief(head) : Messages.brief(head) + "(...)";
  }

  InputException error(String message) {
    return error(text, at, message);
  }

  /**
   * An error at a place of a text. It stays on one line whatever the text holds, and short where
   * the text is long.
   */
  static InputException error(String text, int at, String message) {
    int from =
        text.length() <= EXCERPT ? 0 : Math.max(0, Math.min(at, text.length()) - EXCERPT / 2);
    int to = Math.min(text.length(), from + EXCERPT);
    String excerpt =
        (from > 0 ? "..." : "") + text.substring(from, to) + (to < text.length() ? "..." : "");
    return new InputException("%s (column %d of \"%s\")".formatted(message, at + 1, excerpt));
  }
}
