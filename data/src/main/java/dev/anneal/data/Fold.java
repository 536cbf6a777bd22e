package dev.anneal.data;

import dev.anneal.api.InputException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of several parts that are validated on in turn.
 *
 * @param number which, from 1
 * @param of how many there are, at least 2
 */
public record Fold(int number, int of) {
  private static final Pattern FORM = Pattern.compile("(\\d{1,6})/(\\d{1,6})");

  /** Checks the numbers. */
  public Fold {
    if (of < 2 || number < 1 || number > of) {
      throw new InputException(
          "fold %d/%d: give at least 2 folds, and one of them".formatted(number, of));
    }
  }

  /**
   * Reads a fold.
   *
   * @param text such as {@code 1/5}
   * @return the fold
   * @throws InputException if it is anything else
   */
  public static Fold parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw new InputException("\"%s\" is no fold; write one such as 1/5".formatted(text));
    }
    return new Fold(Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2)));
  }

  @Override
  public String toString() {
    return number + "/" + of;
  }
}
