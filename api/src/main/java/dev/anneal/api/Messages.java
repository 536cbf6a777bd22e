package dev.anneal.api;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/**
 * Parts of messages: the second half of an error about a name that does not exist, which is the
 * nearest one that does, and all of them.
 */
public final class Messages {
  /** Letters of a text that stand in a message. */
  private static final int LONGEST = 100;

  private Messages() {}

  /**
   * The nearest name.
   *
   * @param wrong what was written; case, hyphens and underscores do not count
   * @param known the names that exist
   * @return {@code (did you mean "rate"?)} with a space before it, or nothing where no name is near
   */
  public static String didYouMean(String wrong, Collection<String> known) {
    String key = key(wrong);
    int most = Math.max(1, key.length() / 3);
    return known.stream()
        // The lengths alone tell of most names, and of a text that is no name at all.
        .filter(name -> Math.abs(key(name).length() - key.length()) <= most)
        .filter(name -> distance(key, key(name)) <= most)
        .min(Comparator.comparingInt(name -> distance(key, key(name))))
        .map(name -> " (did you mean \"" + name + "\"?)")
        .orElse("");
  }

  /**
   * Several names.
   *
   * @param names in order
   * @param conjunction what stands before the last
   * @return {@code a, b or c}
   */
  public static String list(Collection<String> names, String conjunction) {
    String list = String.join(", ", names);
    int last = list.lastIndexOf(", ");
    return last < 0 ? list : list.substring(0, last) + " " + conjunction + list.substring(last + 1);
  }

  /**
   * Several names.
   *
   * @param names in order
   * @return {@code a, b, c}, or {@code none}
   */
  public static String list(Collection<String> names) {
    return names.isEmpty() ? "none" : String.join(", ", names);
  }

  /**
   * Makes a text fit for the end of a line.
   *
   * @param message anything
   * @return its text, with a space for each control character and each separator of lines, so that
   *     a terminal obeys nothing in it
   */
  public static String oneLine(Object message) {
    return String.valueOf(message).replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}]", " ");
  }

  /**
   * The beginning of a text of any length, fit for a message.
   *
   * @param text anything
   * @return its first letters, in one line, with dots where more follow
   */
  public static String brief(String text) {
    return oneLine(text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text);
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
  }

  /**
   * The number of letters to insert, delete, replace or swap with their neighbour to make one word
   * of the other.
   */
  static int distance(String from, String to) {
    int[] beforeLast = new int[to.length() + 1];
    int[] last = new int[to.length() + 1];
    Arrays.setAll(last, j -> j);
    for (int i = 1; i <= from.length(); i++) {
      int[] row = new int[to.length() + 1];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = last[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, Math.min(last[j], row[j - 1]) + 1);
        if (i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1)) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
      beforeLast = last;
      last = row;
    }
    return last[to.length()];
  }
}
